/** A handoff where it happened: why, what the bot guessed, what is known, since when one waits. */

import { Bars } from "../elements/bars";
import { Icon } from "../elements/icon";
import { Clock, Waited } from "../elements/times";
import { useWords } from "../elements/use";
import type { Handoff } from "../api/shapes";
import { wordsForWhy } from "../locales/whys";
import { sayOr } from "../locales/words";
import { waited } from "../state/ages";
import { showSlot, slotTitle } from "../state/slots";
import { jumpTo } from "./quote";

export function HandoffCard({ handoff, cause }: { readonly handoff: Handoff; readonly cause: string | null }) {
  const { t, locale } = useWords();
  const slots = Object.entries(handoff.slots).filter(([, value]) => value !== null && value !== "");
  return (
    <section class="handoff" aria-label={t("handoff")}>
      <header class="handoff__head">
        <span class="avatar avatar--small avatar--handoff">
          <Icon name="handoff" size={15} />
        </span>
        <div>
          <h2>
            {t("handoff")} · {sayOr(t, "reason", handoff.reason)}
          </h2>
          <p class="muted">
            <Clock at={handoff.at} />
            {handoff.queue && (
              <>
                {" · "}
                <bdi>{handoff.queue.name}</bdi>
              </>
            )}
          </p>
        </div>
        <Wait handoff={handoff} />
      </header>
      {handoff.explanation && <p dir="auto">{wordsForWhy(handoff.why, handoff.explanation, t, locale)}</p>}
      {handoff.guesses.length > 0 && (
        <>
          <h3>{t("handoff.guesses")}</h3>
          <Bars guesses={handoff.guesses} />
        </>
      )}
      {slots.length > 0 && (
        <>
          <h3>{t("handoff.slots")}</h3>
          <dl class="facts">
            {slots.map(([name, value]) => (
              <div key={name}>
                <dt>
                  <bdi>{slotTitle(name)}</bdi>
                </dt>
                <dd>
                  <bdi>{showSlot(value)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <footer class="handoff__foot">
        <Taken handoff={handoff} />
        {cause !== null && (
          <button type="button" class="handoff__cause" onClick={() => jumpTo(cause)}>
            <Icon name="up" size={14} /> {t("handoff.cause")}
          </button>
        )}
      </footer>
    </section>
  );
}

function Wait({ handoff }: { readonly handoff: Handoff }) {
  const { t } = useWords();
  if (handoff.taken_at !== null || handoff.ended_at !== null || handoff.waiting_since === null) return null;
  return (
    <span class="handoff__wait">
      <span class="muted">{t("waiting.for")}</span> <Waited since={handoff.waiting_since} />
    </span>
  );
}

function Taken({ handoff }: { readonly handoff: Handoff }) {
  const { t, locale } = useWords();
  const { taken_at, taken_by, ended_at, ended_by } = handoff;
  if (taken_at === null && ended_at === null) return null;
  return (
    <p class="handoff__ended muted">
      {taken_at && (
        <span>
          {taken_by ? t("handoff.taken", { name: taken_by.name }) : t("handoff.taken.nobody")} <Clock at={taken_at} />
        </span>
      )}
      {taken_at && handoff.waiting_since && (
        <span>{t("handoff.waited", { time: waited(handoff.waiting_since, Date.parse(taken_at), locale) })}</span>
      )}
      {ended_at && (
        <span>
          {sayOr(t, "handoff.ended", ended_by ?? "resolved")} <Clock at={ended_at} />
        </span>
      )}
    </p>
  );
}
