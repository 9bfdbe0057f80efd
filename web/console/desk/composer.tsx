/** Where an agent writes: a reply to the customer, or a note that only agents see. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatSize } from "../../shared/digits";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import type { Conversation, Me } from "../api/shapes";
import { emptyDraft, isSendable, type ComposerTab, type Draft } from "../state/drafts";
import { leave } from "../state/verbs";

export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const app = useApp();
  const { id } = conversation;
  const me = useSelect((state) => state.me);
  const stored = useSelect((state) => state.drafts.get(id));
  const [dragging, setDragging] = useState(false);
  // A draft of an earlier day is read once, when the conversation is opened.
  useEffect(() => app.writing.write(id, {}), [id]);
  useEffect(() => () => app.writing.stopTyping(id), [id]);
  if (me === null) return null;

  const draft = stored ?? emptyDraft;
  const mayReply = leave("reply", conversation, me) === "yes";
  const attach = (files: Iterable<File>): void => {
    if (draft.tab === "note" || !mayReply) return;
    for (const file of files) void app.writing.attach(id, file);
  };
  const isNote = draft.tab === "note";
  return (
    <section
      class={`composer${isNote ? " composer--note" : ""}${dragging ? " composer--drop" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        attach(event.dataTransfer?.files ?? []);
      }}
    >
      <Tabs draft={draft} conversation={conversation} me={me} />
      {isNote || mayReply ? (
        <Editor id={id} draft={draft} onFiles={attach} />
      ) : (
        <ClaimFirst conversation={conversation} me={me} />
      )}
    </section>
  );
}

function Tabs({ draft, conversation, me }: { readonly draft: Draft; readonly conversation: Conversation; readonly me: Me }) {
  const app = useApp();
  const { t } = useWords();
  const choose = (tab: ComposerTab): void => {
    app.writing.write(conversation.id, { tab });
    focusComposer();
  };
  const tab = (name: ComposerTab) => (
    <button
      type="button"
      role="tab"
      class={`tab tab--${name}`}
      aria-selected={draft.tab === name}
      aria-keyshortcuts={name === "reply" ? "r" : "n"}
      onClick={() => choose(name)}
    >
      <Icon name={name} size={15} /> {t(name === "reply" ? "verb.reply" : "verb.note")}
    </button>
  );
  return (
    <div class="composer__tabs" role="tablist" aria-label={t("composer")}>
      {tab("reply")}
      {tab("note")}
      <span class="composer__hint">
        {draft.tab === "note" ? t("note.hint") : leave("reply", conversation, me) === "yes" ? t("composer.keys") : ""}
      </span>
    </div>
  );
}

function Editor({ id, draft, onFiles }: { readonly id: string; readonly draft: Draft; readonly onFiles: (files: Iterable<File>) => void }) {
  const app = useApp();
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const text = draft[draft.tab];
  useLayoutEffect(() => grow(area.current), [text, draft.tab]);
  const send = (): void => {
    app.writing.send(id);
    area.current?.focus();
  };
  return (
    <>
      <textarea
        ref={area}
        id="composer"
        class="composer__area"
        dir={text === "" ? undefined : "auto"}
        rows={2}
        maxLength={10_000}
        placeholder={t(draft.tab === "note" ? "composer.note" : "composer.reply")}
        aria-label={t(draft.tab === "note" ? "composer.note" : "composer.reply")}
        value={text}
        onInput={(event) => app.writing.write(id, { [draft.tab]: event.currentTarget.value })}
        onPaste={(event) => {
          const files = event.clipboardData?.files;
          if (!files || files.length === 0) return;
          event.preventDefault();
          onFiles(files);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {draft.tab === "reply" && <Files id={id} draft={draft} />}
      <div class="composer__foot">
        {draft.tab === "reply" ? <AttachButton onFiles={onFiles} /> : <span />}
        <Button
          look="primary"
          icon={draft.tab === "note" ? "note" : "send"}
          class="composer__send"
          why={isSendable(draft) ? null : t("composer.empty")}
          onPress={send}
        >
          {t(draft.tab === "note" ? "note.add" : "send")}
        </Button>
      </div>
    </>
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

function Files({ id, draft }: { readonly id: string; readonly draft: Draft }) {
  const app = useApp();
  const { t, locale } = useWords();
  if (draft.files.length === 0) return null;
  return (
    <ul class="files">
      {draft.files.map((file) => (
        <li key={file.key} class={file.failed ? "files__one files__one--failed" : "files__one"}>
          {file.attachment === null && !file.failed ? <span class="spinner" /> : <Icon name={file.failed ? "warning" : "file"} size={15} />}
          <bdi>{file.name}</bdi>
          <span class="muted">{file.failed ? t("attach.failed") : formatSize(file.size, locale)}</span>
          <Button small look="quiet" icon="close" label={t("attach.remove", { name: file.name })} onPress={() => app.writing.detach(id, file.key)} />
        </li>
      ))}
    </ul>
  );
}

/** Why one cannot reply, and the step that leads to it. */
function ClaimFirst({ conversation, me }: { readonly conversation: Conversation; readonly me: Me }) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const why = leave("reply", conversation, me);
  const claimable = leave("claim", conversation, me) === "yes";
  return (
    <div class="composer__closed">
      <p>{why !== "yes" && why !== "absent" && t(`why.${why}`, { name: conversation.owner.name ?? "" })}</p>
      {claimable && (
        <Button look="primary" icon="claim" busy={busy} onPress={() => void run(() => app.verbs.claim(conversation.id, conversation.state === "with_agent"))}>
          {t(conversation.state === "waiting" ? "claim.toReply" : "verb.takeOver")}
        </Button>
      )}
      {conversation.state === "resolved" && (
        <Button look="primary" icon="reopen" busy={busy} onPress={() => void run(() => app.verbs.reopen(conversation.id))}>
          {t("verb.reopen")}
        </Button>
      )}
    </div>
  );
}

export function focusComposer(): void {
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}

/** As high as what is written, up to a part of the screen. */
function grow(area: HTMLTextAreaElement | null): void {
  if (area === null) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.35)}px`;
}
