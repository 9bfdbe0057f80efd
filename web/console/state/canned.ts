/** Canned replies: which are meant by what is typed after a slash, and how their places are filled. */

import type { Conversation, Slots } from "../api/shapes";
import type { CannedReply } from "../api/writing";
import { showSlot } from "./slots";

/** What stands before the cursor when an agent looks for a canned reply. */
export interface Slash {
  readonly start: number;
  readonly query: string;
}

/** A slash begins a search at the start of a line or after a space, never within an address. */
export function slashBefore(text: string, cursor: number): Slash | null {
  const found = /(?:^|\s)\/([^\s/]{0,50})$/u.exec(text.slice(0, cursor));
  if (found === null) return null;
  return { start: cursor - found[1]!.length - 1, query: found[1]!.toLocaleLowerCase() };
}

/**
 * Those that fit, the best first: by the beginning of the shortcut, then by a word of the title,
 * then by the text. Of one shortcut the customer's language is offered, or the one for all.
 */
export function matching(all: readonly CannedReply[], query: string, language: string | null): CannedReply[] {
  return inLanguage(all, language)
    .map((reply) => ({ reply, rank: rankOf(reply, query) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map(({ reply }) => reply);
}

export interface Filling {
  readonly conversation: Pick<Conversation, "number" | "contact">;
  readonly agent: string;
  readonly slots: Slots;
}

const PLACE = /\{\{(.*?)\}\}/gs;

/** The text with what is known; a place without a value keeps its fallback, or stays to be filled. */
export function filled(text: string, filling: Filling): string {
  return text.replace(PLACE, (place, inner: string) => {
    const [name = "", ...fallback] = inner.split("|");
    return valueOf(name.trim(), filling) || (fallback.length > 0 ? fallback.join("|").trim() : place);
  });
}

/** The first place that is still to be filled: no customer should read it. */
export function openPlace(text: string): { readonly start: number; readonly end: number; readonly name: string } | null {
  const found = /\{\{(.*?)\}\}/s.exec(text);
  if (found === null) return null;
  return { start: found.index, end: found.index + found[0].length, name: found[1]!.trim() };
}

function valueOf(name: string, { conversation, agent, slots }: Filling): string {
  if (name === "contact.name") return conversation.contact.name?.trim() ?? "";
  if (name === "agent.name") return agent;
  if (name === "conversation.number") return String(conversation.number);
  return name.startsWith("slots.") ? showSlot(slots[name.slice("slots.".length)]) : "";
}

const NO_MATCH = 4;

function rankOf({ shortcut, title, text }: CannedReply, query: string): number {
  if (shortcut.startsWith(query)) return shortcut === query ? 0 : 1;
  const words = title.toLocaleLowerCase().split(/\s+/);
  if (words.some((word) => word.startsWith(query))) return 2;
  return text.toLocaleLowerCase().includes(query) ? 3 : NO_MATCH;
}

function inLanguage(all: readonly CannedReply[], language: string | null): CannedReply[] {
  const best = new Map<string, CannedReply>();
  for (const reply of all) {
    const have = best.get(reply.shortcut);
    if (have === undefined || fit(reply, language) < fit(have, language)) best.set(reply.shortcut, reply);
  }
  return [...best.values()];
}

function fit({ locale }: CannedReply, language: string | null): number {
  if (locale !== null && locale === language) return 0;
  return locale === null ? 1 : 2;
}
