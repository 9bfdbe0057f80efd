/** Resolving and returning with one key: done at once, told, and taken back with one press. */

import type { App } from "../app";
import type { Conversation } from "../api/shapes";

export async function resolveAtOnce(app: App, { id }: Conversation): Promise<void> {
  if (!(await app.verbs.resolve(id, ""))) return;
  app.notices.tell((t) => t("done.resolved"), "good", {
    say: (t) => t("undo.resolved"),
    run: () => void app.verbs.reopen(id),
  });
}

export async function returnAtOnce(app: App, { id }: Conversation): Promise<void> {
  if (!(await app.verbs.returnToBot(id, ""))) return;
  app.notices.tell((t) => t("done.returned"), "good", {
    say: (t) => t("undo.returned"),
    run: () => void app.verbs.claim(id),
  });
}
