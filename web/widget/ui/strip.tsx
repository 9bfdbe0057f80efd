import type { VNode } from "preact";
import { waitingLine } from "../headline";
import type { ChatState } from "../state";
import { useSurroundings } from "./context";
import { AlertIcon, HourglassIcon } from "./icons";

/** The strip under the header: what the customer should know now, and can do about it. */
export function Strip({ state }: { state: ChatState }): VNode | null {
  const { chat, t } = useSurroundings();
  const isLost = state.phase === "lost";
  const isWaiting = state.phase === "online" && state.status?.state === "waiting";
  if (state.phase === "refused") return <p class="strip lost">{t("refused_hint")}</p>;
  if (!isLost && !isWaiting) return null;
  return (
    <div class={isLost ? "strip lost" : "strip"}>
      {isLost ? <AlertIcon /> : <HourglassIcon />}
      <p role="status">
        <strong>{isLost ? t("lost_title") : waitingLine(state, t) || t("waiting_title")}</strong>{" "}
        {t(isLost ? "lost_hint" : "waiting_hint")}
      </p>
      {isLost && (
        <button type="button" class="plain" onClick={() => chat.reconnect()}>
          {t("lost_retry")}
        </button>
      )}
    </div>
  );
}
