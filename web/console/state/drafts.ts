/** What an agent has begun to write: kept in this browser at once, and on the server soon after. */

import type { Attachment } from "../api/shapes";
import type { DraftWords, KeptDraft } from "../api/writing";

export type ComposerTab = "reply" | "note";

/** A file on its way to the server, there, or refused by it; for the reply or for the note. */
export interface DraftFile {
  readonly key: string;
  readonly tab: ComposerTab;
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
  /** The message that is answered. */
  readonly replyTo: string | null;
  /** The version on the server that this goes on from. */
  readonly version: string | null;
  /** True until the server has what stands here. */
  readonly unsaved: boolean;
  /** What another browser wrote meanwhile: the agent chooses. */
  readonly other: KeptDraft | null;
}

export const emptyDraft: Draft = {
  tab: "reply",
  reply: "",
  note: "",
  files: [],
  replyTo: null,
  version: null,
  unsaved: false,
  other: null,
};

/** The part of `localStorage` that is needed. */
export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function readDraft(storage: Storage, agent: string, conversation: string): Draft {
  const stored = readJson(storage, placeOf(agent, conversation));
  if (typeof stored !== "object" || stored === null) return emptyDraft;
  const { tab, reply, note, files, replyTo, version, unsaved } = stored as Partial<Draft>;
  return {
    ...emptyDraft,
    tab: tab === "note" ? "note" : "reply",
    reply: typeof reply === "string" ? reply : "",
    note: typeof note === "string" ? note : "",
    files: Array.isArray(files) ? files.map((file: DraftFile) => ({ ...file, tab: file.tab ?? "reply" })) : [],
    replyTo: typeof replyTo === "string" ? replyTo : null,
    version: typeof version === "string" ? version : null,
    // What an older console kept here alone has yet to reach the server.
    unsaved: unsaved ?? true,
  };
}

export function keepDraft(storage: Storage, agent: string, conversation: string, draft: Draft): void {
  const place = placeOf(agent, conversation);
  // An upload cannot be taken up again after the page was left: only what arrived is kept.
  const files = draft.files.filter((file) => file.attachment !== null);
  const { other: _other, ...kept } = draft;
  if (isEmpty(draft) && !draft.unsaved) storage.removeItem(place);
  else writeJson(storage, place, { ...kept, files });
}

export function isEmpty(draft: Draft): boolean {
  return draft.reply === "" && draft.note === "" && draft.files.every((file) => file.attachment === null);
}

/** What may be sent: words or files, and no file still on its way. */
export function isSendable(draft: Draft): boolean {
  const files = draft.files.filter((file) => file.tab === draft.tab);
  if (files.some((file) => file.attachment === null && !file.failed)) return false;
  return draft[draft.tab].trim() !== "" || attachmentsOf(draft, draft.tab).length > 0;
}

export function attachmentsOf(draft: Draft, tab: ComposerTab): Attachment[] {
  return draft.files
    .filter((file) => file.tab === tab)
    .map((file) => file.attachment)
    .filter((attachment) => attachment !== null);
}

export function asFile(attachment: Attachment, tab: ComposerTab): DraftFile {
  return { key: attachment.id, tab, name: attachment.filename, size: attachment.size, attachment, failed: false };
}

/** What the server is told. */
export function wordsOf(draft: Draft): DraftWords {
  return {
    version: draft.version,
    kind: draft.tab,
    reply: draft.reply,
    note: draft.note,
    attachments: attachmentsOf(draft, "reply").map(({ id }) => id),
    note_attachments: attachmentsOf(draft, "note").map(({ id }) => id),
    reply_to: draft.replyTo,
  };
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
