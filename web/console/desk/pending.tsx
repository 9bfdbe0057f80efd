/** A reply or note on its way, or one the server refused. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Message } from "../api/shapes";
import type { Outgoing } from "../state/outgoing";
import { MessageView } from "./message";

export function PendingView({ outgoing, message }: { readonly outgoing: Outgoing; readonly message: Message }) {
  const stored = useSelect((state) => isTold(state.opened.get(outgoing.conversation)?.transcript.messages ?? [], message));
  if (stored && outgoing.state === "sending") return null;
  return (
    <div class={`pending pending--${outgoing.state}`}>
      <MessageView message={message} first foot={<Foot outgoing={outgoing} />} />
    </div>
  );
}

function Foot({ outgoing }: { readonly outgoing: Outgoing }) {
  const app = useApp();
  const { t } = useWords();
  if (outgoing.state !== "refused") {
    return (
      <span class="delivery">
        <Icon name="clock" size={14} /> {t(outgoing.state === "sending" ? "send.sending" : "send.waiting")}
      </span>
    );
  }
  return (
    <span class="delivery delivery--failed">
      <Icon name="warning" size={14} /> {t("send.refused")}
      <Button
        small
        look="quiet"
        onPress={() => {
          const back = app.sending.takeBack(outgoing.key);
          if (back !== null) app.writing.bringBack(back);
        }}
      >
        {t("send.edit")}
      </Button>
    </span>
  );
}

/** The socket may tell of a message before the answer to its sending arrives: show it once. */
function isTold(messages: readonly Message[], pending: Message): boolean {
  const since = Date.parse(pending.at) - 2_000;
  return messages
    .slice(-5)
    .some(
      (message) =>
        message.author.id === pending.author.id &&
        message.kind === pending.kind &&
        message.text === pending.text &&
        Date.parse(message.at) >= since,
    );
}
