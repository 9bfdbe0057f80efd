/** How long a reply is held, so that it can be called back. */

import type { State } from "./state";

const USUAL_S = 5;

/** As the agent set it; 0 sends at once. */
export function undoMs({ me }: Pick<State, "me">): number {
  const set = (me as { readonly preferences?: { readonly undo_seconds?: number } } | null)?.preferences?.undo_seconds;
  return (set ?? USUAL_S) * 1000;
}
