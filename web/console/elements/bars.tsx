/** The bot's guesses as bars: a name, a length, a number. */

import { formatNumber } from "../../shared/digits";
import type { Guess } from "../api/shapes";
import { useWords } from "./use";

export function Bars({ guesses }: { readonly guesses: readonly Guess[] }) {
  return (
    <ul class="bars">
      {worthShowing(guesses).map((guess) => (
        <li key={guess.name} title={guess.name}>
          <bdi class="bars__name">{guess.title ?? guess.name}</bdi>
          <span class="bars__track" aria-hidden="true">
            <span class="bars__fill" style={{ inlineSize: `${share(guess.confidence)}%` }} />
          </span>
          <Percent value={guess.confidence} />
        </li>
      ))}
    </ul>
  );
}

export function Percent({ value }: { readonly value: number }) {
  const { locale } = useWords();
  return (
    <span class="percent">{formatNumber(value, locale, { style: "percent", maximumFractionDigits: 0 })}</span>
  );
}

/** The first few, without those that round to nothing. */
function worthShowing(guesses: readonly Guess[]): readonly Guess[] {
  return guesses.slice(0, 5).filter(({ confidence }, index) => index === 0 || confidence >= 0.005);
}

function share(confidence: number): number {
  return Math.round(Math.min(1, Math.max(0, confidence)) * 100);
}
