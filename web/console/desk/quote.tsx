/** What a message answers: shown with it, and one press away. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useContactName } from "../elements/person";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Message } from "../api/shapes";

/** In a message. */
export function Quote({ id, conversation }: { readonly id: string; readonly conversation: string }) {
  const { t } = useWords();
  const quoted = useQuoted(conversation, id);
  if (quoted === undefined) return null;
  return (
    <button type="button" class="quoted" title={t("quote.jump")} onClick={() => jumpTo(id)}>
      <AuthorName message={quoted} />
      <span class="quoted__words" dir="auto">
        {wordsOf(quoted)}
      </span>
    </button>
  );
}

/** In the composer, above what is written. */
export function QuotedDraft({ conversation, id, isNote }: { readonly conversation: string; readonly id: string; readonly isNote: boolean }) {
  const app = useApp();
  const { t } = useWords();
  const quoted = useQuoted(conversation, id);
  // A reply cannot point the customer to a note.
  if (quoted === undefined || (quoted.kind === "note" && !isNote)) return null;
  return (
    <div class="editor__quote">
      <Icon name="reply" size={15} />
      <Quote id={id} conversation={conversation} />
      <Button small look="quiet" icon="close" label={t("quote.remove")} onPress={() => app.writing.write(conversation, { replyTo: null })} />
    </div>
  );
}

/** Brings a message before the eyes, and lets it be found by eye and by screen reader. */
export function jumpTo(id: string): void {
  const message = document.getElementById(messageId(id));
  if (message === null) return;
  message.scrollIntoView({ block: "center", behavior: "smooth" });
  message.focus({ preventScroll: true });
  message.classList.remove("message--found");
  // The mark begins anew even if it is still there from the last time.
  void message.offsetWidth;
  message.classList.add("message--found");
}

export function messageId(id: string): string {
  return `message-${id}`;
}

function useQuoted(conversation: string, id: string): Message | undefined {
  return useSelect((state) => state.opened.get(conversation)?.transcript.messages.find((message) => message.id === id));
}

function AuthorName({ message }: { readonly message: Message }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  const conversation = useSelect((state) => state.known.get(message.conversation_id));
  const nameOf = useContactName();
  const { kind, id, name } = message.author;
  if (kind === "customer" && conversation !== undefined) return <bdi class="quoted__who">{nameOf(conversation)}</bdi>;
  return <bdi class="quoted__who">{kind === "agent" ? (id === me ? t("you") : (name ?? t("author.agent"))) : t(`author.${kind}`)}</bdi>;
}

function wordsOf({ text, attachments }: Message): string {
  return (text || attachments.map(({ filename }) => filename).join(", ")).slice(0, 200);
}
