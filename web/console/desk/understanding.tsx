/** What the bot understood of a turn, on demand: a line that opens. */

import { Bars, Percent } from "../elements/bars";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Understanding } from "../api/shapes";
import { formatNumber } from "../../shared/digits";
import { wordsForWhy } from "../locales/whys";
import { sayOr } from "../locales/words";

export function UnderstandingView({ understanding }: { readonly understanding: Understanding; readonly text: string }) {
  const { t } = useWords();
  const { intent, title, confidence, decision } = understanding;
  return (
    <details class="understanding">
      <summary>
        <Icon name="brain" size={14} />
        <span class="hidden">{t("understanding")}: </span>
        <bdi>{title ?? intent ?? t("understanding.nothing")}</bdi>
        {confidence !== null && <Percent value={confidence} />}
        <span class={`decision decision--${decision}`}>{sayOr(t, "decision", decision)}</span>
      </summary>
      <Panel understanding={understanding} />
    </details>
  );
}

function Panel({ understanding }: { readonly understanding: Understanding }) {
  const { t, locale } = useWords();
  const { intent, score, ranking, entities, reasons, why, model, language, took_ms } = understanding;
  return (
    <div class="understanding__panel">
      <dl class="facts">
        <Fact name={t("understanding.intent")}>
          <code dir="ltr">{intent ?? "—"}</code>
        </Fact>
        {score !== null && (
          <Fact name={t("understanding.score")}>{formatNumber(score, locale, { maximumFractionDigits: 2 })}</Fact>
        )}
        {language && <Fact name={t("language")}>{language}</Fact>}
        {model && (
          <Fact name={t("understanding.model")}>
            <code dir="ltr">{model}</code>
          </Fact>
        )}
        {took_ms !== null && (
          <Fact name={t("understanding.took")}>{formatNumber(took_ms, locale, { style: "unit", unit: "millisecond" })}</Fact>
        )}
      </dl>
      {ranking.length > 0 && <Bars guesses={ranking} />}
      {entities.length > 0 && (
        <dl class="facts">
          {entities.map((entity, index) => (
            <Fact key={index} name={entity.entity}>
              <bdi>{String(entity.value)}</bdi>
            </Fact>
          ))}
        </dl>
      )}
      {reasons.length > 0 && (
        <ul class="reasons" aria-label={t("understanding.reasons")}>
          {reasons.map((reason, index) => (
            <li key={reason}>
              <bdi>{wordsForWhy(why.slice(index, index + 1), reason, t, locale)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
