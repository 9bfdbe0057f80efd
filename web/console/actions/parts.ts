/** What the actions are made of. Wired by hand in `app.ts`. */

import type { Api } from "../api/api";
import type { Storage } from "../state/drafts";
import type { State } from "../state/state";
import type { Store } from "../state/store";

export interface Parts {
  readonly api: Api;
  readonly store: Store<State>;
  readonly storage: Storage;
  readonly now: () => number;
  readonly newKey: () => string;
  /** Runs something later; the answer calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
}
