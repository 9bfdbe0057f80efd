/** What each part of the page gets: the draft, a way to change it, and what is wrong with it. */

import type { Draft, WrongField } from "./draft";

export interface PartProps {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
  readonly wrong: readonly WrongField[];
}
