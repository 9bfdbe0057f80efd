/** What an agent has begun to write, kept per conversation in the browser. */

import type { Attachment } from "../api/shapes";

export type ComposerTab = "reply" | "note";

/** A file on its way to the server, there, or refused by it. */
export interface DraftFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly attachment: Attachment | null;
  readonly failed: boolean;
}

export interface Draft {
  readonly tab: ComposerTab;
  readonly reply: string;
  readonly note: string;
  readonly files: readonly DraftFile[];
}

export const emptyDraft: Draft = { tab: "reply", reply: "", note: "", files: [] };

/** The part of `localStorage` that is needed. */
export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function readDraft(storage: Storage, agent: string, conversation: string): Draft {
  const stored = readJson(storage, placeOf(agent, conversation));
  if (typeof stored !== "object" || stored === null) return emptyDraft;
  const { tab, reply, note, files } = stored as Partial<Draft>;
  return {
    tab: tab === "note" ? "note" : "reply",
    reply: typeof reply === "string" ? reply : "",
    note: typeof note === "string" ? note : "",
    files: Array.isArray(files) ? files : [],
  };
}

export function keepDraft(storage: Storage, agent: string, conversation: string, draft: Draft): void {
  const place = placeOf(agent, conversation);
  // An upload cannot be taken up again after the page was left: only what arrived is kept.
  const files = draft.files.filter((file) => file.attachment !== null);
  const isEmpty = draft.reply === "" && draft.note === "" && files.length === 0;
  if (isEmpty) storage.removeItem(place);
  else writeJson(storage, place, { ...draft, files });
}

/** What may be sent: words or files, and no file still on its way. */
export function isSendable(draft: Draft): boolean {
  // Files go to the customer: a note has none, and leaves them for the reply.
  if (draft.tab === "note") return draft.note.trim() !== "";
  if (draft.files.some((file) => file.attachment === null && !file.failed)) return false;
  return draft.reply.trim() !== "" || attachmentsOf(draft).length > 0;
}

export function attachmentsOf(draft: Draft): Attachment[] {
  return draft.files.map((file) => file.attachment).filter((attachment) => attachment !== null);
}

export function readJson(storage: Storage, place: string): unknown {
  try {
    return JSON.parse(storage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

/** A full or forbidden storage costs the memory of it, never the work itself. */
export function writeJson(storage: Storage, place: string, value: unknown): void {
  try {
    storage.setItem(place, JSON.stringify(value));
  } catch {
    return;
  }
}

function placeOf(agent: string, conversation: string): string {
  return `peyk.draft.${agent}.${conversation}`;
}
