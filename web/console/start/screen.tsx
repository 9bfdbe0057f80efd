/** The first steps of a new admin: what is done is read from the server, never remembered here. */

import { useEffect, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { useApp, useSelect, useWords } from "../elements/use";
import type { FirstSteps } from "../api/shapes";
import { home, type SettingsPage } from "../state/route";

export const STEPS = ["inbox", "agent", "bot"] as const;

const ICONS: Readonly<Record<(typeof STEPS)[number], IconName>> = { inbox: "inbox", agent: "agents", bot: "bot" };
const PAGES: Readonly<Record<"inbox" | "agent", SettingsPage>> = { inbox: "inboxes", agent: "agents" };
const LOOK_AGAIN_MS = 4_000;
const DEMO = "/";

export function StartScreen({ onMenu }: { readonly onMenu: () => void }) {
  const { t } = useWords();
  const done = useFirstSteps();
  const count = STEPS.filter((step) => done?.[step]).length;
  return (
    <main class="settings" id="main" tabIndex={-1}>
      <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
      <div class="start">
        <header class="start__head">
          <h1>{t("start.title")}</h1>
          <p class="muted">{t("start.text")}</p>
          {done && (
            <div class="progress">
              <progress max={STEPS.length} value={count} aria-label={t("start")} />
              <span role="status">{t("start.progress", { done: count, all: STEPS.length })}</span>
            </div>
          )}
        </header>
        {done === null ? <p class="loading">{t("loading")}</p> : <Steps done={done} />}
        {count === STEPS.length ? <Finished /> : <Dismiss />}
      </div>
    </main>
  );
}

/** Anew every few seconds while one looks: the last step is taken in another window. */
function useFirstSteps(): FirstSteps | null {
  const { api } = useApp();
  const [done, setDone] = useState<FirstSteps | null>(null);
  useEffect(() => {
    const look = (): void => void api.firstSteps().then(setDone, () => undefined);
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [api]);
  return done;
}

function Steps({ done }: { readonly done: FirstSteps }) {
  const { t } = useWords();
  const next = STEPS.find((step) => !done[step]);
  return (
    <ol class="steps">
      {STEPS.map((step) => (
        <li key={step} class={done[step] ? "step step--done" : "step"} aria-current={step === next ? "step" : undefined}>
          <span class="step__mark">
            <Icon name={done[step] ? "check" : ICONS[step]} size={20} />
          </span>
          <div class="step__main">
            <h2>
              {t(`start.${step}`)}
              {done[step] && <span class="tag">{t("start.done")}</span>}
            </h2>
            <p class="muted">{t(`start.${step}.text`)}</p>
          </div>
          <Do step={step} isNext={step === next} />
        </li>
      ))}
    </ol>
  );
}

function Do({ step, isNext }: { readonly step: (typeof STEPS)[number]; readonly isNext: boolean }) {
  const { t } = useWords();
  const look = isNext ? "button button--primary" : "button button--plain";
  if (step === "bot") {
    return (
      <a class={look} href={DEMO} target="_blank" rel="noopener">
        {t("start.bot.do")}
      </a>
    );
  }
  return (
    <Link class={look} to={{ place: "settings", page: PAGES[step] }}>
      {t(`start.${step}.do`)}
    </Link>
  );
}

function Finished() {
  const { t } = useWords();
  const app = useApp();
  return (
    <section class="start__end">
      <h2>{t("start.finished")}</h2>
      <p class="muted">{t("start.finished.text")}</p>
      <Button look="primary" onPress={() => leave(app)}>
        {t("start.finished.do")}
      </Button>
    </section>
  );
}

function Dismiss() {
  const { t } = useWords();
  const app = useApp();
  const shown = useSelect((state) => state.me?.preferences.first_steps);
  if (!shown) return null;
  return (
    <Button look="quiet" onPress={() => leave(app)}>
      {t("start.dismiss")}
    </Button>
  );
}

function leave(app: ReturnType<typeof useApp>): void {
  void app.session.setPreferences({ first_steps: false });
  app.go(home);
}
