/** Where an agent writes: a reply to the customer, or a note that only agents see. */

import { useEffect } from "preact/hooks";
import { Icon } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Conversation, Me } from "../api/shapes";
import { emptyDraft, type ComposerTab, type Draft } from "../state/drafts";
import { leave } from "../state/verbs";
import { ClaimFirst } from "./claim-first";
import { Editor } from "./editor";
import { OtherDraft } from "./other-draft";
import { focusComposer } from "./text-area";

export { focusComposer } from "./text-area";

export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const app = useApp();
  const { id } = conversation;
  const me = useSelect((state) => state.me);
  const stored = useSelect((state) => state.drafts.get(id));
  useEffect(() => app.writing.open(id), [id]);
  useEffect(() => () => app.writing.stopTyping(id), [id]);
  if (me === null) return null;

  const draft = stored ?? emptyDraft;
  const isNote = draft.tab === "note";
  const mayReply = leave("reply", conversation, me) === "yes";
  return (
    <section class={isNote ? "composer composer--note" : "composer"}>
      <Tabs draft={draft} conversation={conversation} me={me} />
      {draft.other !== null && <OtherDraft conversation={id} draft={draft} other={draft.other} />}
      {isNote || mayReply ? (
        <Editor key={draft.tab} conversation={conversation} draft={draft} />
      ) : (
        <ClaimFirst conversation={conversation} me={me} draft={draft} />
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
      id={`composer-tab-${name}`}
      class={`tab tab--${name}`}
      aria-selected={draft.tab === name}
      aria-controls="composer-panel"
      aria-keyshortcuts={name === "reply" ? "r" : "n"}
      onClick={() => choose(name)}
    >
      <Icon name={name} size={15} /> {t(name === "reply" ? "verb.reply" : "verb.note")}
      {draft[name] !== "" && draft.tab !== name && <span class="tab__mark" aria-hidden="true" />}
    </button>
  );
  return (
    <div class="composer__head">
      <div class="composer__tabs" role="tablist" aria-label={t("composer")}>
        {tab("reply")}
        {tab("note")}
      </div>
      <span class="composer__hint">
        {draft.tab === "note" ? t("note.hint") : leave("reply", conversation, me) === "yes" ? t("composer.keys") : ""}
      </span>
    </div>
  );
}
