/** Sending replies and notes: in order, kept until stored, never twice, called back in time. */

import { ConnectionLost, Problem } from "../api/problem";
import { backOff } from "../live/connection";
import { readJson, writeJson } from "../state/drafts";
import { add, drop, due, mark, released, revived, type Outgoing, type Words } from "../state/outgoing";
import type { Conversations } from "./conversations";
import { Holding } from "./holding";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

export class Sending {
  private failures = 0;
  private stopRetry: () => void = () => undefined;
  private readonly settling = new Set<() => void>();
  private readonly holding: Holding;

  constructor(
    private readonly parts: Parts,
    private readonly conversations: Conversations,
    private readonly notices: Notices,
  ) {
    this.holding = new Holding(parts);
  }

  /**
   * Takes up what was on its way when this browser was last left. What a crash cut short while
   * it was held goes back to where it was written.
   */
  begin(bringBack: (one: Outgoing) => void): void {
    this.put(() => revived(readJson(this.parts.storage, this.place())));
    this.holding.reclaim(bringBack);
    this.flush();
  }

  end(): void {
    this.stopRetry();
    this.parts.store.update((state) => ({ ...state, outgoing: [] }));
  }

  /** Sends now, or after `holdMs` in which it can be called back. What is held before goes first. */
  send(words: Words, holdMs = 0): void {
    const now = this.parts.now();
    const held = holdMs > 0;
    const one: Outgoing = {
      attachments: [],
      replyTo: null,
      ...words,
      key: this.parts.newKey(),
      at: new Date(now).toISOString(),
      state: held ? "held" : "waiting",
      until: held ? now + holdMs : null,
      why: null,
    };
    const goesFirst = words.kind === "message" ? words.conversation : null;
    this.put((all) => add(goesFirst === null ? all : released(all, goesFirst), one));
    this.flush();
    if (held) this.parts.after(holdMs, () => this.sendNow(one.key));
  }

  /** A held one goes without waiting any longer. */
  sendNow(key: string): void {
    if (this.find(key)?.state !== "held") return;
    this.put((all) => mark(all, key, "waiting"));
    this.flush();
  }

  /** All that is held goes: the page is being left. */
  letGo(): void {
    this.put((all) => released(all));
    this.flush();
  }

  /**
   * Whether all that was said in a conversation is stored: before a verb changes who holds it.
   * False when something could not be stored now, and is still kept.
   */
  async settled(conversation: string): Promise<boolean> {
    this.put((all) => released(all, conversation));
    this.flush();
    while (this.of(conversation).some(({ state }) => state === "sending")) {
      await new Promise<void>((go) => void this.settling.add(go));
    }
    return this.of(conversation).every(({ state }) => state === "refused");
  }

  /** Tries what waits; called when the connection is back, and by the retry's own clock. */
  flush(): void {
    this.stopRetry();
    for (const one of due(this.parts.store.get().outgoing)) void this.attempt(one);
  }

  /** Takes a held or a refused one back, for its words to return to the composer. */
  takeBack(key: string): Outgoing | null {
    const one = this.find(key);
    if (one === null || (one.state !== "held" && one.state !== "refused")) return null;
    this.put((all) => drop(all, key));
    this.flush();
    return one;
  }

  private find(key: string): Outgoing | null {
    return this.parts.store.get().outgoing.find((one) => one.key === key) ?? null;
  }

  private of(conversation: string): readonly Outgoing[] {
    return this.parts.store.get().outgoing.filter((one) => one.conversation === conversation);
  }

  private async attempt(one: Outgoing): Promise<void> {
    this.put((all) => mark(all, one.key, "sending"));
    try {
      await this.store(one);
    } catch (error) {
      return this.failed(one, error);
    }
    this.failures = 0;
    this.put((all) => drop(all, one.key));
    this.flush();
    this.tellSettling();
  }

  private async store(one: Outgoing): Promise<void> {
    const { api } = this.parts;
    const { conversation, key, text } = one;
    const attachments = one.attachments.map(({ id }) => id);
    const said = { text, attachments, ...(one.replyTo === null ? {} : { reply_to: one.replyTo }) };
    const { message, ...told } =
      one.kind === "note" ? await api.note(conversation, key, said) : await api.reply(conversation, key, said);
    this.conversations.takeMessages(one.conversation, [message]);
    this.conversations.take(told);
  }

  private failed(one: Outgoing, error: unknown): void {
    if (isPassing(error)) {
      this.put((all) => mark(all, one.key, "waiting"));
      this.retryLater(error);
    } else {
      const why = error instanceof Error ? error.message : null;
      this.put((all) => mark(all, one.key, "refused", why));
      this.notices.failure(error);
      if (error instanceof Problem && error.status === 409) void this.conversations.open(one.conversation);
    }
    this.tellSettling();
  }

  private retryLater(error: unknown): void {
    const told = error instanceof Problem ? (error.retryAfter ?? 0) * 1000 : 0;
    const wait = Math.max(told, backOff(this.failures++, Math.random));
    this.stopRetry();
    this.stopRetry = this.parts.after(wait, () => this.flush());
  }

  private tellSettling(): void {
    const waiting = [...this.settling];
    this.settling.clear();
    for (const go of waiting) go();
  }

  private put(change: (all: readonly Outgoing[]) => readonly Outgoing[]): void {
    this.parts.store.update((state) => ({ ...state, outgoing: change(state.outgoing) }));
    const all = this.parts.store.get().outgoing;
    writeJson(this.parts.storage, this.place(), all.filter(({ state }) => state !== "held"));
    this.holding.keep(all);
  }

  private place(): string {
    return `peyk.outgoing.${this.parts.store.get().me?.id ?? ""}`;
  }
}

/** Trouble that passes: no connection, too many requests, a server that is unwell or signed us out. */
function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  return error instanceof Problem && (error.status >= 500 || [401, 425, 429].includes(error.status));
}
