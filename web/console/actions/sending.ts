/** Sending replies and notes: in order, kept until stored, never twice. */

import { ConnectionLost, Problem } from "../api/problem";
import type { Attachment } from "../api/shapes";
import { backOff } from "../live/connection";
import { readJson, writeJson } from "../state/drafts";
import { add, drop, due, mark, revived, type Outgoing } from "../state/outgoing";
import type { Conversations } from "./conversations";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

export class Sending {
  private failures = 0;
  private stopRetry: () => void = () => undefined;

  constructor(
    private readonly parts: Parts,
    private readonly conversations: Conversations,
    private readonly notices: Notices,
  ) {}

  /** Takes up what was on its way when this browser was last left. */
  begin(): void {
    this.put(() => revived(readJson(this.parts.storage, this.place())));
    this.flush();
  }

  end(): void {
    this.stopRetry();
    this.parts.store.update((state) => ({ ...state, outgoing: [] }));
  }

  send(
    conversation: string,
    kind: Outgoing["kind"],
    text: string,
    attachments: readonly Attachment[],
  ): void {
    const one: Outgoing = {
      key: this.parts.newKey(),
      conversation,
      kind,
      text,
      attachments,
      at: new Date(this.parts.now()).toISOString(),
      state: "waiting",
      why: null,
    };
    this.put((all) => add(all, one));
    this.flush();
  }

  /** Tries what waits; called when the connection is back, and by the retry's own clock. */
  flush(): void {
    this.stopRetry();
    for (const one of due(this.parts.store.get().outgoing)) void this.attempt(one);
  }

  /** Takes a refused one back, for its words to return to the composer. */
  takeBack(key: string): Outgoing | null {
    const one = this.parts.store.get().outgoing.find((each) => each.key === key) ?? null;
    this.put((all) => drop(all, key));
    this.flush();
    return one;
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
  }

  private async store(one: Outgoing): Promise<void> {
    const { api } = this.parts;
    const { conversation, key, text } = one;
    const attachments = one.attachments.map(({ id }) => id);
    const { message, ...told } =
      one.kind === "note"
        ? await api.note(conversation, key, text)
        : await api.reply(conversation, key, { text, attachments });
    this.conversations.takeMessages(one.conversation, [message]);
    this.conversations.take(told);
  }

  private failed(one: Outgoing, error: unknown): void {
    if (isPassing(error)) {
      this.put((all) => mark(all, one.key, "waiting"));
      return this.retryLater(error);
    }
    const why = error instanceof Error ? error.message : null;
    this.put((all) => mark(all, one.key, "refused", why));
    this.notices.failure(error);
    if (error instanceof Problem && error.status === 409) void this.conversations.open(one.conversation);
  }

  private retryLater(error: unknown): void {
    const told = error instanceof Problem ? (error.retryAfter ?? 0) * 1000 : 0;
    const wait = Math.max(told, backOff(this.failures++, Math.random));
    this.stopRetry();
    this.stopRetry = this.parts.after(wait, () => this.flush());
  }

  private put(change: (all: readonly Outgoing[]) => readonly Outgoing[]): void {
    this.parts.store.update((state) => ({ ...state, outgoing: change(state.outgoing) }));
    writeJson(this.parts.storage, this.place(), this.parts.store.get().outgoing);
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
