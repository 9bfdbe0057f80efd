/** How long a reply is held, so that it can be called back. */

import type { State } from "./state";

/** As the agent set it; 0 sends at once. */
export function undoMs({ me }: Pick<State, "me">): number {
  return (me?.preferences.undo_seconds ?? 0) * 1000;
}
