import type { VNode } from "preact";
import { waitingLine } from "../headline";
import type { ChatState } from "../state";
import { useSurroundings } from "./context";
import { AlertIcon, HourglassIcon, OfflineIcon } from "./icons";

/** The strip under the header: what the customer should know now, and can do about it. */
export function Strip({ state }: { state: ChatState }): VNode | null {
  const { chat, t } = useSurroundings();
  if (state.phase === "refused") return <Refused />;
  if (state.phase === "lost") {
    return (
      <div class="strip lost">
        <OfflineIcon />
        <p role="status">
          <strong>{t("lost_title")}</strong> {t("lost_hint")}
        </p>
        <button type="button" class="plain" onClick={() => chat.reconnect()}>
          {t("lost_retry")}
        </button>
      </div>
    );
  }
  return state.status?.state === "waiting" ? <Waiting state={state} /> : null;
}

function Refused(): VNode {
  const { t } = useSurroundings();
  return (
    <div class="strip lost">
      <AlertIcon />
      <p role="status">{t("refused_hint")}</p>
    </div>
  );
}

function Waiting({ state }: { state: ChatState }): VNode {
  const { t } = useSurroundings();
  return (
    <div class="strip waiting">
      <HourglassIcon />
      <p role="status">
        <strong>{waitingLine(state, t) || t("waiting_title")}</strong> {t("waiting_hint")}
      </p>
    </div>
  );
}
