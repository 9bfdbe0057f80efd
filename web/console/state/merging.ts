/** One draft, two browsers: what stands on the server meets what stands here. */

import type { KeptDraft } from "../api/writing";
import { asFile, isEmpty, wordsOf, type Draft, type DraftFile } from "./drafts";

/** True if both say the same, whatever their versions. */
export function saysTheSame(draft: Draft, kept: KeptDraft): boolean {
  const { version: _mine, kind: _kind, ...mine } = wordsOf(draft);
  const { version: _its, kind: _itsKind, ...its } = wordsOf(asDraft(kept));
  return JSON.stringify(mine) === JSON.stringify(its);
}

/**
 * What to go on with. Words of neither side are lost: where one side only wrote on from the
 * other's words, the longer stands; otherwise `other` waits for the agent to choose.
 */
export function merged(draft: Draft, kept: KeptDraft): Draft {
  if (saysTheSame(draft, kept)) return { ...draft, version: kept.version, unsaved: false, other: null };
  if (!draft.unsaved || isEmpty(draft)) return taken(draft, kept);
  if (kept.version === draft.version || isNothing(kept) || goesOnFrom(draft, kept)) return keptMine(draft, kept);
  if (goesOnFrom(asDraft(kept), asKept(draft))) return taken(draft, kept);
  return { ...draft, other: kept };
}

/** The agent chose what the other browser wrote; files on their way here stay. */
export function taken(draft: Draft, kept: KeptDraft): Draft {
  const onTheirWay = draft.files.filter((file) => file.attachment === null);
  const its = asDraft(kept);
  return { ...its, tab: isNothing(kept) ? draft.tab : its.tab, files: [...its.files, ...onTheirWay] };
}

/** The agent chose what stands here: it goes in the place of the other. */
export function keptMine(draft: Draft, kept: KeptDraft): Draft {
  return { ...draft, version: kept.version, unsaved: true, other: null };
}

export function asDraft(kept: KeptDraft): Draft {
  const files: DraftFile[] = [
    ...kept.attachments.map((attachment) => asFile(attachment, "reply")),
    ...kept.note_attachments.map((attachment) => asFile(attachment, "note")),
  ];
  const { version, kind, reply, note, reply_to } = kept;
  return { tab: kind, reply, note, files, replyTo: reply_to, version, unsaved: false, other: null };
}

function asKept(draft: Draft): KeptDraft {
  const of = (tab: "reply" | "note") =>
    draft.files.filter((file) => file.tab === tab).flatMap(({ attachment }) => attachment ?? []);
  return { ...wordsOf(draft), attachments: of("reply"), note_attachments: of("note") };
}

function isNothing(kept: KeptDraft): boolean {
  return isEmpty(asDraft(kept));
}

function goesOnFrom(draft: Draft, kept: KeptDraft): boolean {
  const mine = new Set(draft.files.map(({ attachment }) => attachment?.id));
  const files = [...kept.attachments, ...kept.note_attachments];
  return (
    draft.reply.startsWith(kept.reply) &&
    draft.note.startsWith(kept.note) &&
    files.every(({ id }) => mine.has(id))
  );
}
