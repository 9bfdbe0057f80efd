/** The commands of the bar: which of them fit what is typed, the best first. */

import type { IconName } from "../elements/icon";
import { fold } from "./fold";

export const GROUPS = ["verbs", "conversations", "contacts", "go", "own"] as const;

export interface Command {
  readonly id: string;
  readonly group: (typeof GROUPS)[number];
  readonly title: string;
  /** Other words for the same, such as its English name. */
  readonly also?: string;
  readonly note?: string;
  readonly icon: IconName;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** In groups, within a group by fitness; without a text all of them in their order. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const fit = commands
    .map((command, place) => ({ command, place, score: fitness(command, words) }))
    .filter(({ score }) => score > 0);
  fit.sort(
    (a, b) =>
      GROUPS.indexOf(a.command.group) - GROUPS.indexOf(b.command.group) || b.score - a.score || a.place - b.place,
  );
  return fit.map(({ command }) => command);
}

/** The place after or before in a list that goes round. */
export function step(at: number, by: number, length: number): number {
  return length === 0 ? -1 : (((at + by) % length) + length) % length;
}

/** 0 unless every word is found: best at the beginning, then at the beginning of a word. */
function fitness({ title, also = "", note = "" }: Command, words: readonly string[]): number {
  const whole = fold(title);
  const all = `${whole} ${fold(also)} ${fold(note)}`;
  let sum = 1;
  for (const word of words) {
    if (!all.includes(word)) return 0;
    sum += whole.startsWith(word) ? 3 : ` ${all}`.includes(` ${word}`) ? 2 : 1;
  }
  return sum;
}
