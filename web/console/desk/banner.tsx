/** Says when what stands on the screen may be old: offline, or behind. */

import { useEffect, useState } from "preact/hooks";
import { Icon } from "../elements/icon";
import { Button } from "../elements/button";
import { useApp, useNow, useSelect, useWords } from "../elements/use";
import { behind } from "../live/connection";

/** A moment without connection is not worth a word. */
const SILENT_MS = 1_500;
const LASTING_MS = 700;

export function Banner() {
  const { t } = useWords();
  const app = useApp();
  const connection = useSelect((state) => state.connection);
  const waiting = useSelect((state) => state.outgoing.filter((one) => one.state !== "refused").length);
  const now = useNow(1000);
  const lost = connection.phase === "lost";
  const missing = useLasting(behind(connection));
  const seconds = connection.retryAt === null ? 0 : Math.ceil((connection.retryAt - now) / 1000);
  if (!lost && missing === 0) return <div class="banner" role="status" />;
  return (
    <div class={`banner banner--${lost ? "lost" : "behind"}`} role="status">
      {lost ? (
        <>
          <Icon name="offline" size={16} />
          <span>
            <b>{t("offline")}</b> {t("offline.text")}
            {waiting > 0 && ` ${t("offline.unsent", { count: waiting })}`}
          </span>
          <span class="banner__end" aria-hidden="true">
            {seconds > SILENT_MS / 1000 ? t("offline.retry", { count: seconds }) : t("offline.trying")}
          </span>
          <Button small onPress={() => app.live.retryNow()}>
            {t("retry")}
          </Button>
        </>
      ) : (
        <span>{t("behind", { count: missing })}</span>
      )}
    </div>
  );
}

/** A number that is not nothing for a while: what is made good at once is not worth a word. */
function useLasting(count: number): number {
  const [lasts, setLasts] = useState(false);
  const some = count > 0;
  useEffect(() => {
    setLasts(false);
    if (!some) return undefined;
    const timer = setTimeout(() => setLasts(true), LASTING_MS);
    return () => clearTimeout(timer);
  }, [some]);
  return lasts ? count : 0;
}
