import type { Host } from "./options";
import type { ChatState, Status } from "./state";
import type { Store } from "./store";

/** Tells the page what happens in the chat. What was said before the page came is no news. */
export function tellNews(store: Store, tell: Host["tell"]): void {
  let known = new Set<string>();
  let wasOnline = false;
  store.subscribe((state, before) => {
    const placed = state.transcript.placed.map((one) => one.message);
    if (wasOnline && state.epoch === before.epoch) {
      for (const { id, author, text, at } of placed) {
        if (!known.has(id)) tell("message", { id, author, text, at });
      }
    }
    wasOnline ||= state.phase === "online";
    known = new Set(placed.map((message) => message.id));
    const status = changedStatus(state, before);
    if (status) tell("state", { state: status.state, agent: status.agent, position: status.position });
  });
}

function changedStatus({ status }: ChatState, { status: before }: ChatState): Status | null {
  if (status === null || status === before) return null;
  const isSame =
    status.state === before?.state &&
    status.agent === before.agent &&
    status.position === before.position;
  return isSame ? null : status;
}
