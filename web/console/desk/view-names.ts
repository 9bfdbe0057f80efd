/** What views are called. */

import { useSelect, useWords } from "../elements/use";
import { sayOr } from "../locales/words";
import type { View } from "../state/views";

export function useViewTitle(): (view: View) => string {
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const saved = useSelect((state) => state.saved);
  return (view) => {
    switch (view.kind) {
      case "queue":
        return queues.find(({ id }) => id === view.id)?.name ?? t("queue");
      case "channel":
        return sayOr(t, "channel", view.id);
      case "saved":
        return saved.find(({ id }) => id === view.id)?.name ?? t("view.saved");
      default:
        return t(`view.${view.kind}`);
    }
  };
}
