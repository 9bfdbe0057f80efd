/** A reply or note on its way: held for a moment, being stored, or refused by the server. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useNow, useSelect, useWords } from "../elements/use";
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
  if (outgoing.state === "held") return <Held outgoing={outgoing} />;
  if (outgoing.state === "refused") {
    return (
      <span class="delivery delivery--failed">
        <Icon name="warning" size={14} /> {t("send.refused")}
        <Button small look="quiet" onPress={() => app.writing.undo(outgoing.key)}>
          {t("send.edit")}
        </Button>
      </span>
    );
  }
  return (
    <span class="delivery">
      <Icon name="clock" size={14} /> {t(outgoing.state === "sending" ? "send.sending" : "send.waiting")}
    </span>
  );
}

function Held({ outgoing }: { readonly outgoing: Outgoing }) {
  const app = useApp();
  const { t } = useWords();
  const now = useNow(250);
  const left = Math.max(1, Math.ceil(((outgoing.until ?? 0) - now) / 1000));
  return (
    <span class="held">
      <span class="held__time">
        <Icon name="clock" size={14} /> {t("send.held", { count: left })}
      </span>
      <Button small icon="reopen" shortcut="Control+Z" onPress={() => undo(app, outgoing)}>
        {t("send.undo")}
      </Button>
      <Button small look="quiet" onPress={() => app.sending.sendNow(outgoing.key)}>
        {t("send.now")}
      </Button>
    </span>
  );
}

function undo(app: ReturnType<typeof useApp>, { key }: Outgoing): void {
  app.writing.undo(key);
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
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
