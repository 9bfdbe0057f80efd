/** Writing before sending: drafts, files on their way, the sign that one types. */

import { attachmentsOf, isSendable, keepDraft, readDraft, type Draft, type DraftFile } from "../state/drafts";
import type { LiveSocket } from "../live/socket";
import type { Outgoing } from "../state/outgoing";
import { withEntry } from "../state/state";
import type { Notices } from "./notices";
import type { Parts } from "./parts";
import type { Sending } from "./sending";

const TYPING_EVERY_MS = 3_000;

export class Writing {
  private typedAt = 0;

  constructor(
    private readonly parts: Parts,
    private readonly sending: Sending,
    private readonly notices: Notices,
    private readonly live: () => LiveSocket,
  ) {}

  draft(conversation: string): Draft {
    const { drafts, me } = this.parts.store.get();
    return drafts.get(conversation) ?? readDraft(this.parts.storage, me?.id ?? "", conversation);
  }

  write(conversation: string, change: Partial<Draft>): void {
    const draft = { ...this.draft(conversation), ...change };
    this.put(conversation, draft);
    if (change.reply !== undefined) this.typing(conversation, change.reply !== "");
  }

  /** Sends what is written, and clears it; what cannot be sent yet stays. */
  send(conversation: string): boolean {
    const draft = this.draft(conversation);
    if (!isSendable(draft)) return false;
    if (draft.tab === "note") {
      this.sending.send(conversation, "note", draft.note.trim(), []);
      this.put(conversation, { ...draft, note: "" });
      return true;
    }
    this.sending.send(conversation, "message", draft.reply.trim(), attachmentsOf(draft));
    this.put(conversation, { ...draft, reply: "", files: [] });
    this.typing(conversation, false);
    return true;
  }

  /** Brings the words of a refused message back to where they can be mended. */
  bringBack(one: Outgoing): void {
    const tab = one.kind === "note" ? "note" : "reply";
    const draft = this.draft(one.conversation);
    const text = [one.text, draft[tab]].filter(Boolean).join("\n");
    const files = one.attachments.map((attachment) => ({
      key: attachment.id,
      name: attachment.filename,
      size: attachment.size,
      attachment,
      failed: false,
    }));
    this.put(one.conversation, { ...draft, tab, [tab]: text, files: [...files, ...draft.files] });
  }

  async attach(conversation: string, file: File): Promise<void> {
    const key = this.parts.newKey();
    const entry: DraftFile = { key, name: file.name, size: file.size, attachment: null, failed: false };
    this.put(conversation, { ...this.draft(conversation), files: [...this.draft(conversation).files, entry] });
    try {
      const attachment = await this.parts.api.attach(file);
      this.changeFile(conversation, key, { attachment });
    } catch (error) {
      this.changeFile(conversation, key, { failed: true });
      this.notices.failure(error);
    }
  }

  detach(conversation: string, key: string): void {
    const draft = this.draft(conversation);
    this.put(conversation, { ...draft, files: draft.files.filter((file) => file.key !== key) });
  }

  stopTyping(conversation: string): void {
    if (this.typedAt !== 0) this.typing(conversation, false);
  }

  private typing(conversation: string, on: boolean): void {
    const now = this.parts.now();
    if (on && now - this.typedAt < TYPING_EVERY_MS) return;
    if (!on && this.typedAt === 0) return;
    this.typedAt = on ? now : 0;
    this.live().typing(conversation, on);
  }

  private changeFile(conversation: string, key: string, change: Partial<DraftFile>): void {
    const draft = this.draft(conversation);
    const files = draft.files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.put(conversation, { ...draft, files });
  }

  private put(conversation: string, draft: Draft): void {
    const agent = this.parts.store.get().me?.id ?? "";
    keepDraft(this.parts.storage, agent, conversation, draft);
    this.parts.store.update((state) => ({
      ...state,
      drafts: withEntry(state.drafts, conversation, draft),
    }));
  }
}
