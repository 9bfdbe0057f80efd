/** How far an answer has come, in a mark and a word. */

import { Icon, type IconName } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Delivery, DeliveryState } from "../api/shapes";

const ICONS: Readonly<Record<DeliveryState, IconName>> = {
  pending: "clock",
  sending: "clock",
  sent: "check",
  delivered: "checks",
  read: "checks",
  failed: "warning",
  uncertain: "warning",
};

export function DeliveryMark({ delivery }: { readonly delivery: Delivery | null }) {
  const { t } = useWords();
  if (delivery === null) return null;
  const { state, error, attempts } = delivery;
  const trouble = state === "failed" || state === "uncertain";
  return (
    <span class={`delivery delivery--${state}`} title={error ?? undefined}>
      <Icon name={ICONS[state]} size={14} /> {t(`delivery.${state}`)}
      {trouble && attempts > 1 && ` · ${t("delivery.attempts", { count: attempts })}`}
      {trouble && error && <bdi class="delivery__error">{error}</bdi>}
    </span>
  );
}
