/** The inbox's colour, and where and how its button stands. */

import { useId } from "preact/hooks";
import { formatNumber } from "../../../shared/digits";
import type { Appearance } from "../../../widget/inbox";
import { Button } from "../../elements/button";
import { Field } from "../../elements/field";
import { Icon } from "../../elements/icon";
import { useWords } from "../../elements/use";
import { Choices } from "./choices";
import { nearest, type Verdict, verdicts } from "./contrast";
import { isColour } from "./draft";
import type { PartProps } from "./part";

/** Colours that pass everywhere, to begin with. */
const SWATCHES = ["#0f766e", "#2563eb", "#7c3aed", "#be185d", "#c2410c", "#4d7c0f", "#57606a"] as const;

export function Looks({ draft, change, wrong }: PartProps) {
  const { t } = useWords();
  const { appearance } = draft;
  const set = (changes: Partial<Appearance>): void => change({ appearance: { ...appearance, ...changes } });
  return (
    <section class="panel inbox-part">
      <h2>{t("inbox.looks")}</h2>
      <Colour accent={appearance.accent} onAccent={(accent) => set({ accent })} isWrong={wrong.includes("accent")} />
      <Choices
        label={t("inbox.launcher")}
        value={appearance.launcher}
        onValue={(launcher) => set({ launcher })}
        choices={[
          ["icon", t("inbox.launcher.icon")],
          ["text", t("inbox.launcher.text")],
        ]}
      />
      <Choices
        label={t("inbox.position")}
        hint={t("inbox.position.hint")}
        value={appearance.position}
        onValue={(position) => set({ position })}
        choices={[
          ["end", t("inbox.position.end")],
          ["start", t("inbox.position.start")],
        ]}
      />
      <Choices
        label={t("inbox.scheme")}
        value={appearance.scheme}
        onValue={(scheme) => set({ scheme })}
        choices={[
          ["auto", t("inbox.scheme.auto")],
          ["light", t("inbox.scheme.light")],
          ["dark", t("inbox.scheme.dark")],
        ]}
      />
      <Field
        label={t("inbox.offset")}
        type="number"
        min="0"
        value={Number.isNaN(appearance.offset) ? "" : `${appearance.offset}`}
        onValue={(typed) => set({ offset: typed === "" ? Number.NaN : Number(typed) })}
        error={wrong.includes("offset") ? t("inbox.offset.wrong") : null}
      />
    </section>
  );
}

interface ColourProps {
  readonly accent: string;
  readonly onAccent: (accent: string) => void;
  readonly isWrong: boolean;
}

function Colour({ accent, onAccent, isWrong }: ColourProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <div class="colour">
        <div class="field colour__picker">
          <label class="field__label" for={id}>
            {t("inbox.accent")}
          </label>
          <input id={id} type="color" value={isColour(accent) ? accent : "#000000"} onInput={(event) => onAccent(event.currentTarget.value)} />
        </div>
        <Field
          label={t("inbox.accent.code")}
          value={accent}
          onValue={(typed) => onAccent(typed.trim().toLowerCase())}
          error={isWrong ? t("inbox.accent.wrong") : null}
        />
        <div class="colour__swatches">
          {SWATCHES.map((swatch) => (
            <button key={swatch} type="button" class="swatch" aria-label={swatch} aria-pressed={swatch === accent} style={{ background: swatch }} onClick={() => onAccent(swatch)} />
          ))}
        </div>
      </div>
      {isColour(accent) && <Contrast accent={accent} onAccent={onAccent} />}
    </>
  );
}

function Contrast({ accent, onAccent }: Omit<ColourProps, "isWrong">) {
  const { t } = useWords();
  const better = nearest(accent);
  return (
    <div class="contrast" role="group" aria-label={t("inbox.contrast")}>
      <ul>
        {verdicts(accent).map((verdict) => (
          <VerdictLine key={verdict.part} verdict={verdict} />
        ))}
      </ul>
      {better && (
        <div class="contrast__help">
          <p class="field__hint">{t("inbox.contrast.hint")}</p>
          <Button small onPress={() => onAccent(better)}>
            <i class="contrast__dot" style={{ background: better }} aria-hidden="true" /> {t("inbox.contrast.use", { colour: better })}
          </Button>
        </div>
      )}
    </div>
  );
}

function VerdictLine({ verdict: { part, ratio, passes } }: { readonly verdict: Verdict }) {
  const { t, locale } = useWords();
  // A ratio just below what is asked must not read as if it were reached.
  const shown = formatNumber(Math.floor(ratio * 10) / 10, locale, { minimumFractionDigits: 1 });
  return (
    <li class={passes ? "contrast__good" : "contrast__bad"}>
      <Icon name={passes ? "check" : "warning"} />
      <span>{t(`inbox.contrast.${part}`)}</span>
      <span class="muted">{t("inbox.contrast.ratio", { ratio: shown })}</span>
      <strong>{t(passes ? "inbox.contrast.good" : "inbox.contrast.bad")}</strong>
    </li>
  );
}
