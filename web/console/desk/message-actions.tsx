/** What can be done with one message: answer it, take its words along. */

import { createContext } from "preact";
import { useContext, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Message } from "../api/shapes";
import { leave } from "../state/verbs";
import { focusComposer } from "./text-area";

/** The conversation that is open: messages of earlier ones can be read, not answered. */
export const AnswerableContext = createContext<string | null>(null);

const SAID_MS = 1_500;

export function MessageActions({ message }: { readonly message: Message }) {
  const { t } = useWords();
  const answerable = useContext(AnswerableContext) === message.conversation_id && message.author.kind !== "system";
  return (
    <span class="message__actions" role="group" aria-label={t("message.actions")}>
      {answerable && <Answer message={message} />}
      {message.text !== "" && "clipboard" in navigator && <Copy text={message.text} />}
    </span>
  );
}

function Answer({ message }: { readonly message: Message }) {
  const app = useApp();
  const { t } = useWords();
  const mayReply = useSelect(({ known, me }) => {
    const conversation = known.get(message.conversation_id);
    return conversation !== undefined && me !== null && leave("reply", conversation, me) === "yes";
  });
  const answer = (): void => {
    const toNote = message.kind === "note" || !mayReply;
    app.writing.write(message.conversation_id, { replyTo: message.id, ...(toNote ? { tab: "note" } : {}) });
    focusComposer();
  };
  return <Button small look="quiet" icon="reply" label={t("quote.reply")} onPress={answer} />;
}

function Copy({ text }: { readonly text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return <Button small look="quiet" icon={copied ? "check" : "copy"} label={t(copied ? "copied" : "copy.message")} onPress={() => void copy()} />;
}
