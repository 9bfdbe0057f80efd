/** What the settings page tells its preview to show. Both are pages of one origin. */

import type { Locale } from "../../shared/locale";
import type { Inbox } from "../../widget/inbox";
import type { Scene } from "./scene";

export interface Show {
  readonly inbox: Inbox;
  readonly locale: Locale;
  readonly scheme: "light" | "dark";
  readonly scene: Scene;
  readonly open: boolean;
}

/** The preview says this when it can be told something. */
export const LISTENING = "preview listens";

export function isShow(data: unknown): data is Show {
  return typeof data === "object" && data !== null && "inbox" in data && "scene" in data;
}
