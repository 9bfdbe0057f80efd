/** How many conversations call for this agent: those that wait, and own ones with something unread. */

import type { State } from "./state";
import { isMine } from "./views";

export function calling({ queues, known, me }: State): number {
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  if (me === null) return waiting;
  let unread = 0;
  for (const conversation of known.values()) {
    if (conversation.state === "with_agent" && (conversation.unread ?? 0) > 0 && isMine(conversation, me.id)) unread++;
  }
  return waiting + unread;
}
