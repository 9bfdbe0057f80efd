/** Whether an inbox's colour can be seen and read, in the light and in the dark. */

import { type Colour, contrast, GROUND, mix, PART_CONTRAST, TEXT_CONTRAST, theme } from "../../../shared/colour";

export interface Verdict {
  readonly part: "text" | "light" | "dark";
  readonly ratio: number;
  readonly passes: boolean;
}

const STEP = 0.02;

/** The text on the colour, then the colour as a part of the light and of the dark panel. */
export function verdicts(accent: Colour): readonly Verdict[] {
  return [
    verdict("text", contrast(theme(accent).on, accent), TEXT_CONTRAST),
    verdict("light", contrast(accent, GROUND.light), PART_CONTRAST),
    verdict("dark", contrast(accent, GROUND.dark), PART_CONTRAST),
  ];
}

/** The colour with the least black or white in it that passes everywhere; null when it does itself. */
export function nearest(accent: Colour): Colour | null {
  if (passes(accent)) return null;
  for (let share = STEP; share <= 1; share += STEP) {
    const found = ["#000000", "#ffffff"].map((end) => mix(end, accent, share)).find(passes);
    if (found) return found;
  }
  return null;
}

function passes(accent: Colour): boolean {
  return verdicts(accent).every((one) => one.passes);
}

function verdict(part: Verdict["part"], ratio: number, needed: number): Verdict {
  return { part, ratio, passes: ratio >= needed };
}
