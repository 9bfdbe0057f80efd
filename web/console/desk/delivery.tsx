/** How far an answer has come, in a mark and a word; what did not get out can be sent again. */

import { Button } from "../elements/button";
import { Icon, type IconName } from "../elements/icon";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import type { DeliveryState, Message } from "../api/shapes";
import { leads } from "../state/verbs";
import { isMine } from "../state/views";

const ICONS: Readonly<Record<DeliveryState, IconName>> = {
  pending: "clock",
  sending: "clock",
  sent: "check",
  delivered: "checks",
  read: "checks",
  failed: "warning",
  uncertain: "warning",
};

export function DeliveryMark({ message }: { readonly message: Message }) {
  const { t } = useWords();
  const { delivery } = message;
  if (delivery === null) return null;
  const { state } = delivery;
  if (state === "failed" || state === "uncertain") return <Trouble message={message} />;
  return (
    <span class={`delivery delivery--${state}`}>
      <Icon name={ICONS[state]} size={14} /> {t(`delivery.${state}`)}
    </span>
  );
}

function Trouble({ message }: { readonly message: Message }) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const mayRetry = useMayRetry(message.conversation_id);
  const { id, state, error, attempts } = message.delivery!;
  const uncertain = state === "uncertain";
  return (
    <span class={`trouble trouble--${state}`}>
      <span class="trouble__words">
        <b>
          <Icon name="warning" size={14} /> {t(`delivery.${state}`)}
        </b>
        {uncertain && ` ${t("delivery.maybe")}`}
        {attempts > 1 && ` · ${t("delivery.attempts", { count: attempts })}`}
        {error && (
          <bdi class="trouble__error" title={error}>
            {error}
          </bdi>
        )}
      </span>
      {mayRetry && (
        <Button small icon="reopen" busy={busy} onPress={() => void run(() => app.deliveries.retry(message.conversation_id, id))}>
          {t(uncertain ? "delivery.again" : "delivery.retry")}
        </Button>
      )}
    </span>
  );
}

/** What an agent holds is theirs to decide on; all else is everybody's. */
function useMayRetry(conversation: string): boolean {
  return useSelect(({ known, me }) => {
    const it = known.get(conversation);
    if (it === undefined || me === null) return false;
    return it.owner.kind !== "agent" || isMine(it, me.id) || leads(me);
  });
}
