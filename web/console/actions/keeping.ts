/** Drafts on the server: saved soon after the last key, and never over newer words. */

import { Problem } from "../api/problem";
import type { KeptDraft } from "../api/writing";
import { wordsOf, type Draft } from "../state/drafts";
import { merged, saysTheSame } from "../state/merging";
import type { Parts } from "./parts";

const SETTLE_MS = 700;
const RETRY_MS = 5_000;

export interface Drafts {
  readonly read: (conversation: string) => Draft;
  readonly change: (conversation: string, change: (draft: Draft) => Draft) => void;
}

export class Keeping {
  private readonly waiting = new Map<string, () => void>();
  private readonly saving = new Set<string>();
  /** What was sent to the server without an answer: it may stand there now. */
  private readonly tried = new Map<string, readonly Draft[]>();

  constructor(
    private readonly parts: Parts,
    private readonly drafts: Drafts,
  ) {}

  /** What another browser of the agent wrote here is taken up. */
  async fetch(conversation: string): Promise<void> {
    const { version } = this.drafts.read(conversation);
    const kept = await this.parts.api.draft(conversation).catch(() => null);
    // What was saved from here meanwhile is newer than the answer.
    if (kept === null || this.drafts.read(conversation).version !== version) return;
    this.meet(conversation, kept);
  }

  /** Something was written: it is saved once the writing rests for a moment. */
  later(conversation: string, ms = SETTLE_MS): void {
    this.waiting.get(conversation)?.();
    const stop = this.parts.after(ms, () => {
      this.waiting.delete(conversation);
      void this.save(conversation);
    });
    this.waiting.set(conversation, stop);
  }

  /** What waits is saved now: the page is being left. */
  letGo(): void {
    for (const [conversation, stop] of [...this.waiting]) {
      stop();
      this.waiting.delete(conversation);
      void this.save(conversation);
    }
  }

  end(): void {
    for (const stop of this.waiting.values()) stop();
    this.waiting.clear();
    this.tried.clear();
  }

  private async save(conversation: string): Promise<void> {
    const draft = this.drafts.read(conversation);
    if (!draft.unsaved || draft.other !== null || this.saving.has(conversation)) return;
    this.saving.add(conversation);
    this.tried.set(conversation, [...(this.tried.get(conversation) ?? []), draft]);
    try {
      const kept = await this.parts.api.keepDraft(conversation, wordsOf(draft));
      this.tried.delete(conversation);
      this.drafts.change(conversation, (now) => savedAs(now, draft, kept));
    } catch (error) {
      this.notSaved(conversation, error);
    } finally {
      this.saving.delete(conversation);
    }
    if (this.needsSaving(conversation)) this.later(conversation);
  }

  private notSaved(conversation: string, error: unknown): void {
    const newer = newerDraft(error);
    if (newer !== null) return this.meet(conversation, newer);
    // Without a connection it is tried again; what is refused stays in this browser alone.
    if (error instanceof Problem && error.status < 500 && error.status !== 429) return;
    this.later(conversation, RETRY_MS);
  }

  private meet(conversation: string, kept: KeptDraft): void {
    const ours = this.tried.get(conversation)?.some((tried) => saysTheSame(tried, kept)) ?? false;
    this.tried.delete(conversation);
    this.drafts.change(conversation, (draft) => merged(ours ? { ...draft, version: kept.version } : draft, kept));
    if (this.needsSaving(conversation)) this.later(conversation);
  }

  private needsSaving(conversation: string): boolean {
    const { unsaved, other } = this.drafts.read(conversation);
    return unsaved && other === null && !this.waiting.has(conversation);
  }
}

/** The server has what was sent; what was written since is still to be saved, over that. */
function savedAs(now: Draft, sent: Draft, kept: KeptDraft): Draft {
  const unsaved = JSON.stringify({ ...wordsOf(now), version: null }) !== JSON.stringify({ ...wordsOf(sent), version: null });
  return { ...now, version: kept.version, unsaved };
}

function newerDraft(error: unknown): KeptDraft | null {
  if (!(error instanceof Problem) || error.status !== 409) return null;
  return (error.body as { readonly draft?: KeptDraft }).draft ?? null;
}
