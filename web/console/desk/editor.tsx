/** The text, what may be put into it, and the way it goes. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import { openPlace } from "../state/canned";
import { isSendable, type Draft } from "../state/drafts";
import { isWorthReading, plainOf } from "../state/pasted";
import { CannedPicker, PICKER_ID, usePicker } from "./canned-picker";
import { EmojiPicker } from "./emoji-picker";
import { FileTray } from "./file-tray";
import { QuotedDraft } from "./quote";
import { grow, insertText } from "./text-area";

export function Editor({ conversation, draft }: { readonly conversation: Conversation; readonly draft: Draft }) {
  const app = useApp();
  const { t } = useWords();
  const { id } = conversation;
  const area = useRef<HTMLTextAreaElement>(null);
  const text = draft[draft.tab];
  const [cursor, setCursor] = useState(text.length);
  const [emoji, setEmoji] = useState(false);
  useLayoutEffect(() => grow(area.current), [text, draft.tab]);
  const place = openPlace(text);
  const picker = usePicker(conversation, { text, cursor }, (reply, slash, end) => {
    if (area.current === null) return;
    insertText(area.current, reply, slash.start, end);
    selectPlace(area.current, slash.start);
  });
  const send = (): void => {
    if (area.current === null) return;
    if (place !== null) return selectPlace(area.current, 0);
    app.writing.send(id);
    area.current.focus();
  };
  const isNote = draft.tab === "note";
  const label = t(isNote ? "composer.note" : "composer.reply");
  const why = place === null ? null : t("composer.place", { name: place.name });
  return (
    <div class="editor" id="composer-panel" role="tabpanel" aria-labelledby={`composer-tab-${draft.tab}`}>
      {picker !== null && <CannedPicker picker={picker} />}
      {draft.replyTo !== null && <QuotedDraft conversation={id} id={draft.replyTo} isNote={isNote} />}
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
        onPaste={(event) => paste(event, (file) => void app.writing.attach(id, file))}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
          const bare = !shiftKey && !altKey && !ctrlKey && !metaKey;
          if (picker !== null && bare && picker.press(key)) return event.preventDefault();
          if ((ctrlKey || metaKey) && key === "z" && text === "" && undoLast(app, id)) return event.preventDefault();
          if (key === "Escape") event.currentTarget.blur();
          if (key !== "Enter" || shiftKey || altKey) return;
          event.preventDefault();
          send();
        }}
      />
      <FileTray id={id} draft={draft} />
      <div class="editor__foot">
        <div class="editor__tools" role="group" aria-label={t("composer.tools")}>
          <AttachButton onFiles={(files) => [...files].forEach((file) => void app.writing.attach(id, file))} />
          <Button
            look="quiet"
            icon="emoji"
            class="composer__emoji"
            label={t("emoji")}
            expanded={emoji}
            onPress={() => setEmoji(!emoji)}
          />
          <Button look="quiet" icon="canned" label={t("canned.insert")} onPress={() => area.current && startSlash(area.current)} />
        </div>
        {why !== null && <span class="editor__why">{why}</span>}
        <Button
          look="primary"
          icon={isNote ? "note" : "send"}
          class="composer__send"
          why={why ?? (isSendable(draft) ? null : t("composer.empty"))}
          onPress={send}
        >
          {t(isNote ? "note.add" : "send")}
        </Button>
      </div>
      {emoji && (
        <EmojiPicker
          onChoose={(one) => {
            setEmoji(false);
            if (area.current) insertText(area.current, one);
          }}
          onClose={() => {
            setEmoji(false);
            area.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function AttachButton({ onFiles }: { readonly onFiles: (files: Iterable<File>) => void }) {
  const { t } = useWords();
  return (
    <label class="button button--quiet button--bare" title={t("attach")}>
      <Icon name="attach" />
      <span class="hidden">{t("attach")}</span>
      <input
        class="hidden"
        type="file"
        multiple
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

/** Files are attached; what comes from a page keeps its lists and where its links lead. */
function paste(event: ClipboardEvent & { readonly currentTarget: HTMLTextAreaElement }, attach: (file: File) => void): void {
  const { files, html } = { files: [...(event.clipboardData?.files ?? [])], html: event.clipboardData?.getData("text/html") ?? "" };
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  if (files.length > 0 && plain === "") {
    event.preventDefault();
    return files.forEach(attach);
  }
  if (!isWorthReading(html)) return;
  event.preventDefault();
  insertText(event.currentTarget, plainOf(html));
}

/** A place that is still to be filled is selected: what is typed next fills it. */
function selectPlace(area: HTMLTextAreaElement, from: number): void {
  requestAnimationFrame(() => {
    const place = openPlace(area.value.slice(from));
    if (place === null) return;
    area.focus();
    area.setSelectionRange(from + place.start, from + place.end);
  });
}

function startSlash(area: HTMLTextAreaElement): void {
  const before = area.value.slice(0, area.selectionStart);
  insertText(area, before === "" || /\s$/.test(before) ? "/" : " /");
}

function undoLast(app: ReturnType<typeof useApp>, conversation: string): boolean {
  const held = app.store.get().outgoing.filter((one) => one.conversation === conversation && one.state === "held");
  const last = held.at(-1);
  if (last !== undefined) app.writing.undo(last.key);
  return last !== undefined;
}
