/** What the socket tells, taken into the store. */

import type { Event, Message } from "../api/shapes";
import type { Frame } from "../live/frames";
import { countUnread, learn } from "../state/known";
import type { State } from "../state/state";
import { withEntry } from "../state/state";
import type { Conversations } from "./conversations";
import { TELLS_OF_DELIVERY, type Deliveries } from "./deliveries";
import type { Lists } from "./lists";
import type { Parts } from "./parts";
import type { Sending } from "./sending";

const TYPING_MS = 6_000;

/** Events after which more of a conversation has changed than its summary says. */
const CHANGES_DETAILS: ReadonlySet<string> = new Set([
  "handed_off",
  "claimed",
  "transferred",
  "returned_to_bot",
  "resolved",
  "reopened",
  "slots_changed",
  "turn_answered",
  "turn_dropped",
]);

const CHANGES_LOAD: ReadonlySet<string> = new Set([
  "claimed",
  "transferred",
  "returned_to_bot",
  "resolved",
  "reopened",
  "snoozed",
  "unsnoozed",
]);

export interface NewsHooks {
  readonly alert: (before: State, event: Event) => void;
  /** This agent's own account or presence changed, here or elsewhere. */
  readonly meChanged: () => void;
  readonly cannedChanged: () => void;
  readonly reloadAll: () => void;
}

export class News {
  private fresh = true;

  constructor(
    private readonly parts: Parts,
    private readonly lists: Lists,
    private readonly conversations: Conversations,
    private readonly sending: Sending,
    private readonly deliveries: Deliveries,
    private readonly hooks: NewsHooks,
  ) {}

  begin(): void {
    this.fresh = true;
  }

  take(frame: Frame): void {
    if (frame.type === "reset") this.fresh = true;
    if (frame.type === "ready") this.ready();
    if (frame.type === "event") this.event(frame);
    if (frame.type === "typing") this.typing(frame);
    if (frame.type === "viewing") this.viewing(frame);
    if (frame.type === "presence") this.lists.refreshAgents();
  }

  private ready(): void {
    if (this.fresh) this.hooks.reloadAll();
    else this.lists.refreshQueues();
    this.fresh = false;
    this.sending.flush();
  }

  private event(event: Event): void {
    const before = this.parts.store.get();
    const { conversation, conversation_id: id, message, kind } = event;
    if (conversation !== undefined) {
      this.parts.store.update((state) => ({ ...state, known: learn(state.known, [conversation]) }));
      this.lists.refreshQueues();
    }
    if (kind === "contact_changed") this.contactChanged(event);
    if (kind === "canned_reply_changed") this.hooks.cannedChanged();
    if (kind.startsWith("queue")) this.lists.refreshQueues();
    if (kind.startsWith("agent") || kind.startsWith("presence")) this.agentChanged(event);
    if (id !== null) this.conversationEvent(id, event);
    if (message !== undefined && id !== null) {
      this.parts.store.update((state) => ({ ...state, known: countUnread(state.known, message) }));
      this.stopTyping(id, message);
    }
    if (this.changesMyLoad(event)) this.hooks.meChanged();
    this.hooks.alert(before, event);
  }

  private conversationEvent(id: string, event: Event): void {
    if (event.message !== undefined) this.conversations.takeMessages(id, [event.message]);
    this.conversations.takeEvent(id, event);
    if (TELLS_OF_DELIVERY.has(event.kind)) this.deliveries.take(id, event);
    if (CHANGES_DETAILS.has(event.kind)) this.conversations.refresh(id);
  }

  /** What one holds has changed, and so how much room there is. */
  private changesMyLoad({ kind, actor, data }: Event): boolean {
    const me = this.parts.store.get().me?.id;
    const concerned = [actor.id, idOf(data["from"]), idOf(data["to"])];
    return CHANGES_LOAD.has(kind) && concerned.includes(me ?? null);
  }

  private agentChanged({ data }: Event): void {
    this.lists.refreshAgents();
    if (data["agent_id"] === this.parts.store.get().me?.id) this.hooks.meChanged();
  }

  /** A contact's name stands in each of its conversations: they are asked for again. */
  private contactChanged({ data }: Event): void {
    const contact = data["contact_id"];
    if (typeof contact === "string") void this.lists.refreshContact(contact);
  }

  private viewing({ conversation_id: conversation, agents }: Extract<Frame, { type: "viewing" }>): void {
    this.parts.store.update((state) => ({ ...state, viewing: { conversation, agents } }));
  }

  private typing(frame: Extract<Frame, { type: "typing" }>): void {
    const { conversation_id: id, author, on } = frame;
    if (author.kind === "agent" && author.id === this.parts.store.get().me?.id) return;
    const until = on ? this.parts.now() + TYPING_MS : 0;
    this.showTyping(id, { name: author.name, kind: author.kind, until });
    if (on) this.parts.after(TYPING_MS + 100, () => this.endTyping(id));
  }

  private stopTyping(id: string, message: Message): void {
    const typing = this.parts.store.get().typing.get(id);
    if (typing?.kind === message.author.kind) this.showTyping(id, { ...typing, until: 0 });
  }

  private endTyping(id: string): void {
    const typing = this.parts.store.get().typing.get(id);
    if (typing !== undefined && typing.until <= this.parts.now()) this.showTyping(id, { ...typing, until: 0 });
  }

  private showTyping(id: string, typing: { name: string | null; kind: string; until: number }): void {
    this.parts.store.update((state) => {
      if (typing.until > 0) return { ...state, typing: withEntry(state.typing, id, typing) };
      const rest = new Map(state.typing);
      return rest.delete(id) ? { ...state, typing: rest } : state;
    });
  }
}

function idOf(owner: unknown): string | null {
  const id = (owner as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : null;
}
