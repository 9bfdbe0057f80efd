/** Writing before sending: drafts, files on their way, the sign that one types. */

import {
  asFile,
  attachmentsOf,
  isSendable,
  keepDraft,
  readDraft,
  type ComposerTab,
  type Draft,
  type DraftFile,
} from "../state/drafts";
import type { LiveSocket } from "../live/socket";
import { keptMine, merged, taken } from "../state/merging";
import type { Outgoing } from "../state/outgoing";
import { withEntry } from "../state/state";
import { undoMs } from "../state/undo";
import { Keeping } from "./keeping";
import type { Notices } from "./notices";
import type { Parts } from "./parts";
import type { Sending } from "./sending";

const TYPING_EVERY_MS = 3_000;

export type Words = Partial<Pick<Draft, "tab" | "reply" | "note" | "replyTo">>;

export class Writing {
  private typedAt = 0;
  private readonly keeping: Keeping;

  constructor(
    private readonly parts: Parts,
    private readonly sending: Sending,
    private readonly notices: Notices,
    private readonly live: () => LiveSocket,
  ) {
    this.keeping = new Keeping(parts, {
      read: (conversation) => this.draft(conversation),
      change: (conversation, change) => this.put(conversation, change(this.draft(conversation))),
    });
  }

  draft(conversation: string): Draft {
    const { drafts, me } = this.parts.store.get();
    return drafts.get(conversation) ?? readDraft(this.parts.storage, me?.id ?? "", conversation);
  }

  /** The draft of an earlier day, or of another browser, is there when one opens a conversation. */
  open(conversation: string): void {
    this.put(conversation, this.draft(conversation));
    void this.keeping.fetch(conversation);
  }

  /** Another browser may have written since. */
  refresh(conversation: string): void {
    if (this.parts.store.get().drafts.has(conversation)) void this.keeping.fetch(conversation);
  }

  write(conversation: string, words: Words): void {
    this.change(conversation, words);
    if (words.reply !== undefined) this.typing(conversation, words.reply !== "");
  }

  /** Of two drafts written in two browsers, one goes on. */
  choose(conversation: string, which: "mine" | "other"): void {
    const draft = this.draft(conversation);
    if (draft.other === null) return;
    this.put(conversation, which === "mine" ? keptMine(draft, draft.other) : taken(draft, draft.other));
    this.keeping.later(conversation);
  }

  /** Sends what is written, and clears it; what cannot be sent yet stays. */
  send(conversation: string): boolean {
    const draft = this.draft(conversation);
    const { tab, replyTo } = draft;
    if (!isSendable(draft)) return false;
    const text = draft[tab].trim();
    const attachments = attachmentsOf(draft, tab);
    const words = { conversation, text, attachments, replyTo };
    if (tab === "note") this.sending.send({ ...words, kind: "note" });
    else this.sending.send({ ...words, kind: "message" }, undoMs(this.parts.store.get()));
    this.said(conversation, tab);
    return true;
  }

  /** Brings the words of a held or refused message back to where they can be mended. */
  bringBack(one: Outgoing): void {
    const tab = one.kind === "note" ? "note" : "reply";
    const draft = this.draft(one.conversation);
    const text = [one.text, draft[tab]].filter(Boolean).join("\n");
    const files = one.attachments.map((attachment) => asFile(attachment, tab));
    const replyTo = draft.replyTo ?? one.replyTo;
    this.change(one.conversation, { tab, [tab]: text, files: [...files, ...draft.files], replyTo });
  }

  /** Calls a held reply back. */
  undo(key: string): void {
    const one = this.sending.takeBack(key);
    if (one !== null) this.bringBack(one);
  }

  async attach(conversation: string, file: File): Promise<void> {
    const key = this.parts.newKey();
    const { tab } = this.draft(conversation);
    const entry: DraftFile = { key, tab, name: file.name, size: file.size, attachment: null, failed: false };
    this.change(conversation, { files: [...this.draft(conversation).files, entry] });
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
    this.change(conversation, { files: draft.files.filter((file) => file.key !== key) });
  }

  stopTyping(conversation: string): void {
    if (this.typedAt !== 0) this.typing(conversation, false);
  }

  letGo(): void {
    this.keeping.letGo();
  }

  end(): void {
    this.keeping.end();
  }

  private said(conversation: string, tab: ComposerTab): void {
    const draft = this.draft(conversation);
    const files = draft.files.filter((file) => file.tab !== tab);
    this.change(conversation, { [tab]: "", files, replyTo: null });
    // What another browser wrote was not said: it comes up now.
    const { other } = draft;
    if (other !== null) this.put(conversation, merged({ ...this.draft(conversation), unsaved: false }, other));
    if (tab === "reply") this.typing(conversation, false);
  }

  private typing(conversation: string, on: boolean): void {
    const now = this.parts.now();
    if (on && now - this.typedAt < TYPING_EVERY_MS) return;
    if (!on && this.typedAt === 0) return;
    this.typedAt = on ? now : 0;
    this.live().typing(conversation, on);
  }

  private changeFile(conversation: string, key: string, change: Partial<DraftFile>): void {
    const files = this.draft(conversation).files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.change(conversation, { files });
  }

  private change(conversation: string, change: Partial<Draft>): void {
    this.put(conversation, { ...this.draft(conversation), ...change, unsaved: true });
    this.keeping.later(conversation);
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
