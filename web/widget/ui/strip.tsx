import type { VNode } from "preact";
import { awayLine, waitingLine } from "../headline";
import type { ChatState } from "../state";
import { Address } from "./address";
import { useSurroundings } from "./context";
import { AlertIcon, HourglassIcon } from "./icons";

/** The strip under the header: what the customer should know now, and can do about it. */
export function Strip({ state }: { state: ChatState }): VNode | null {
  const { chat, locale, t } = useSurroundings();
  const isLost = state.phase === "lost";
  const isWaiting = state.phase === "online" && state.status?.state === "waiting";
  if (isWaiting && state.opening.open === false) {
    return (
      <>
        <div class="strip away">
          <HourglassIcon />
          <p role="status">
            <strong>{awayLine(state, locale, t)}</strong> {t("away_hint")}
          </p>
        </div>
        <Address />
      </>
    );
  }
  if (state.phase === "refused") return <p class="strip lost">{t("refused_hint")}</p>;
  if (!isLost && !isWaiting) return null;
  return (
    <div class={isLost ? "strip lost" : "strip"}>
      {isLost ? <AlertIcon /> : <HourglassIcon />}
      <p role="status">
        <strong>{(!isLost && waitingLine(state, t)) || t(isLost ? "status_lost" : "status_waiting")}</strong>{" "}
        {t(isLost ? "lost_hint" : "waiting_hint")}
      </p>
      {isLost && (
        <button type="button" class="plain" onClick={() => chat.reconnect()}>
          {t("try_again")}
        </button>
      )}
    </div>
  );
}
