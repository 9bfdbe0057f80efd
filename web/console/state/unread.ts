/** Where what is new begins: between what the agent had seen and what came since. */

import type { Entry } from "./transcript";

/** `seen` is the number of the last message that was seen; null or 0 when nothing was yet. */
export function withUnread(entries: readonly Entry[], seen: number | null, me: string | null): readonly Entry[] {
  if (seen === null || seen === 0) return entries;
  const at = entries.findIndex(
    (entry) => entry.kind === "message" && entry.message.seq > seen && entry.message.author.id !== me,
  );
  const first = entries[at];
  if (first?.kind !== "message") return entries;
  const mark: Entry = { kind: "unread", key: "unread", at: first.at };
  return [...entries.slice(0, at), mark, { ...first, first: true }, ...entries.slice(at + 1)];
}
