/** Opening a conversation and keeping its transcript whole. */

import { Problem } from "../api/problem";
import type { Event, Message, OpenedConversation } from "../api/shapes";
import { learn } from "../state/known";
import type { Opened } from "../state/state";
import { completeUpTo, emptyTranscript, hasGap, withEvents, withMessages } from "../state/transcript";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

/** So many stay at hand after they were looked at; memory stays flat over a long day. */
const KEPT = 30;
const SETTLE_MS = 250;
/** So many of the last messages are asked for again: what the bot made of them comes later. */
const AGAIN = 20;

const unopened: Opened = { phase: "loading", more: null, transcript: emptyTranscript };

export class Conversations {
  private readonly refreshing = new Map<string, () => void>();

  constructor(
    private readonly parts: Parts,
    private readonly notices: Notices,
  ) {}

  async open(id: string): Promise<void> {
    this.change(id, (opened) => ({ ...opened, phase: opened.more === null ? "loading" : "ready" }), true);
    try {
      await Promise.all([this.fetchItself(id), this.fetchMessages(id), this.fetchEvents(id)]);
      this.change(id, (opened) => ({ ...opened, phase: "ready" }));
    } catch (error) {
      this.notOpened(id, error);
    }
  }

  /** What a verb answered is newer than what is held. */
  take(told: OpenedConversation): void {
    const { slots, handoffs, position } = told;
    this.parts.store.update((state) => ({ ...state, known: learn(state.known, [told]) }));
    this.change(told.id, (opened) => ({ ...opened, more: { slots, handoffs, position } }));
  }

  takeMessages(id: string, messages: readonly Message[]): void {
    this.change(id, (opened) => ({
      ...opened,
      transcript: withMessages(opened.transcript, messages),
    }));
    const opened = this.parts.store.get().opened.get(id);
    if (opened?.phase === "ready" && hasGap(opened.transcript)) this.refresh(id);
  }

  takeEvent(id: string, event: Event): void {
    this.change(id, (opened) => ({
      ...opened,
      transcript: withEvents(opened.transcript, [event]),
    }));
  }

  changeMessage(id: string, messageId: string, change: (message: Message) => Message): void {
    this.change(id, (opened) => {
      const found = opened.transcript.messages.find((message) => message.id === messageId);
      if (found === undefined) return opened;
      return { ...opened, transcript: withMessages(opened.transcript, [change(found)]) };
    });
  }

  /** Asks again for a conversation that is held; a burst of reasons asks once. */
  refresh(id: string): void {
    if (!this.parts.store.get().opened.has(id) || this.refreshing.has(id)) return;
    const stop = this.parts.after(SETTLE_MS, () => {
      this.refreshing.delete(id);
      void this.open(id);
    });
    this.refreshing.set(id, stop);
  }

  /** Forgets all but the one looked at, which is fetched anew. */
  reload(current: string | null): void {
    this.parts.store.update((state) => ({ ...state, opened: new Map() }));
    if (current !== null) void this.open(current);
  }

  private async fetchItself(id: string): Promise<void> {
    this.take(await this.parts.api.conversation(id));
  }

  private async fetchMessages(id: string): Promise<void> {
    const opened = this.parts.store.get().opened.get(id) ?? unopened;
    let since: number | null = Math.max(0, completeUpTo(opened.transcript) - AGAIN);
    while (since !== null) {
      const page: { items: readonly Message[]; next: number | string | null } =
        await this.parts.api.messages(id, since);
      this.change(id, (now) => ({ ...now, transcript: withMessages(now.transcript, page.items) }));
      since = nextAfter(since, page.next);
    }
  }

  private async fetchEvents(id: string): Promise<void> {
    const opened = this.parts.store.get().opened.get(id) ?? unopened;
    let since: number | null = opened.transcript.events.at(-1)?.n ?? 0;
    while (since !== null) {
      const page: { items: readonly Event[]; next: number | string | null } =
        await this.parts.api.events(id, since);
      this.change(id, (now) => ({ ...now, transcript: withEvents(now.transcript, page.items) }));
      since = nextAfter(since, page.next);
    }
  }

  private notOpened(id: string, error: unknown): void {
    const missing = error instanceof Problem && (error.status === 404 || error.status === 403);
    this.change(id, (opened) => ({
      ...opened,
      phase: missing ? "missing" : opened.more === null ? "failed" : "ready",
    }));
    if (!missing) this.notices.failure(error);
  }

  /** Changes what is held of a conversation; one that is not held stays so unless `make`. */
  private change(id: string, change: (opened: Opened) => Opened, make = false): void {
    this.parts.store.update((state) => {
      const held = state.opened.get(id);
      if (held === undefined && !make) return state;
      const next = change(held ?? unopened);
      return next === held ? state : { ...state, opened: keepLatest(state.opened, id, next, make) };
    });
  }
}

function keepLatest(
  all: ReadonlyMap<string, Opened>,
  id: string,
  opened: Opened,
  touched: boolean,
): ReadonlyMap<string, Opened> {
  const next = new Map(all);
  if (touched) next.delete(id);
  next.set(id, opened);
  for (const oldest of next.keys()) {
    if (next.size <= KEPT) break;
    next.delete(oldest);
  }
  return next;
}

/** Where to read on, or null at the end. A server that does not move on is not asked forever. */
function nextAfter(since: number, next: number | string | null): number | null {
  if (next === null) return null;
  const number = Number(next);
  return Number.isFinite(number) && number > since ? number : null;
}
