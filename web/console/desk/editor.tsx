/** The text, what may be put into it, and the way it goes. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { useApp, useWords } from "../elements/use";
import type { App } from "../app";
import type { Conversation } from "../api/shapes";
import { openPlace } from "../state/canned";
import { isSendable, type Draft } from "../state/drafts";
import { CannedPicker, PICKER_ID, usePicker, type Picker } from "./canned-picker";
import { EditorTools } from "./editor-tools";
import { FileTray } from "./file-tray";
import { QuotedDraft } from "./quote";
import { grow, insertText, pasteInto, selectPlace } from "./text-area";

interface EditorProps {
  readonly conversation: Conversation;
  readonly draft: Draft;
}

export function Editor({ conversation, draft }: EditorProps) {
  const app = useApp();
  const { id } = conversation;
  const area = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const text = draft[draft.tab];
  const picker = usePicker(conversation, { text, cursor }, (reply, { start }, end) => {
    if (area.current === null) return;
    insertText(area.current, reply, start, end);
    selectPlace(area.current, start);
  });
  const attach = (files: Iterable<File>): void => {
    for (const file of files) void app.writing.attach(id, file);
  };
  const send = (): void => {
    if (area.current === null) return;
    if (openPlace(text) !== null) return selectPlace(area.current, 0);
    app.writing.send(id);
    area.current.focus();
  };
  const press = (event: KeyboardEvent): void => obey(event, { app, id, text, picker, send });
  useLayoutEffect(() => grow(area.current), [text, draft.tab]);
  const label = useLabel(draft);
  return (
    <div class="editor" id="composer-panel" role="tabpanel" aria-labelledby={`composer-tab-${draft.tab}`}>
      {picker !== null && <CannedPicker picker={picker} />}
      {draft.replyTo !== null && <QuotedDraft conversation={id} id={draft.replyTo} isNote={draft.tab === "note"} />}
      <textarea
        ref={area}
        id="composer"
        class="editor__area"
        dir={text === "" ? undefined : "auto"}
        rows={2}
        maxLength={10_000}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={picker === null ? undefined : PICKER_ID}
        aria-activedescendant={picker?.active}
        value={text}
        onInput={(event) => {
          setCursor(event.currentTarget.selectionStart);
          app.writing.write(id, { [draft.tab]: event.currentTarget.value });
        }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
        onBlur={() => setCursor(null)}
        onPaste={(event) => pasteInto(event.currentTarget, event, attach)}
        onKeyDown={press}
      />
      <FileTray id={id} draft={draft} />
      <Foot draft={draft} onSend={send}>
        <EditorTools area={area} onFiles={attach} />
      </Foot>
    </div>
  );
}

function useLabel({ tab }: Draft): string {
  const { t } = useWords();
  return t(tab === "note" ? "composer.note" : "composer.reply");
}

interface FootProps {
  readonly draft: Draft;
  readonly onSend: () => void;
  readonly children: preact.ComponentChildren;
}

function Foot({ draft, onSend, children }: FootProps) {
  const { t } = useWords();
  const isNote = draft.tab === "note";
  const place = openPlace(draft[draft.tab]);
  const why = place === null ? null : t("composer.place", { name: place.name });
  return (
    <div class="editor__foot">
      {children}
      {why !== null && <span class="editor__why">{why}</span>}
      <Button
        look="primary"
        icon={isNote ? "note" : "send"}
        class="composer__send"
        why={why ?? (isSendable(draft) ? null : t("composer.empty"))}
        onPress={onSend}
      >
        {t(isNote ? "note.add" : "send")}
      </Button>
    </div>
  );
}

interface Writing {
  readonly app: App;
  readonly id: string;
  readonly text: string;
  readonly picker: Picker | null;
  readonly send: () => void;
}

/** Enter sends, Escape leaves, and in an empty composer Ctrl+Z calls back what was sent last. */
function obey(event: KeyboardEvent, { app, id, text, picker, send }: Writing): void {
  if (event.isComposing) return;
  const { key, shiftKey, altKey } = event;
  const withControl = event.ctrlKey || event.metaKey;
  if (picker !== null && !shiftKey && !altKey && !withControl && picker.press(key)) event.preventDefault();
  else if (withControl && key === "z" && text === "" && undoLast(app, id)) event.preventDefault();
  else if (key === "Escape") (event.currentTarget as HTMLElement).blur();
  else if (key === "Enter" && !shiftKey && !altKey) {
    event.preventDefault();
    send();
  }
}

function undoLast(app: App, conversation: string): boolean {
  const held = app.store.get().outgoing.filter((one) => one.conversation === conversation && one.state === "held");
  const last = held.at(-1);
  if (last !== undefined) app.writing.undo(last.key);
  return last !== undefined;
}
