/** What stands open before an agent's eyes is seen, and said so to the server. */

import { useEffect } from "preact/hooks";
import { useApp, useSelect } from "../elements/use";
import { openConversation } from "../state/state";

/** A glance in passing is not reading. */
const GLANCE_MS = 800;

export function useSeen(): void {
  const app = useApp();
  const id = useSelect((state) => openConversation(state)?.id ?? null);
  const last = useSelect((state) => openConversation(state)?.last_seq ?? 0);
  const seen = useSelect((state) => openConversation(state)?.seen_seq ?? null);
  const isReady = useSelect((state) => id !== null && state.opened.get(id)?.phase === "ready");
  useEffect(() => {
    if (id === null || !isReady || seen === null || seen >= last) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") timer = setTimeout(() => void app.lists.see(id, last), GLANCE_MS);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [app, id, last, seen, isReady]);
}
