/** What the agent API says, as the contract writes it. Names are the wire's own. */

export type ConversationState = "with_bot" | "waiting" | "with_agent" | "resolved";
export type Proof = "anonymous" | "claimed" | "channel-owned" | "verified" | "signed";
export type AuthorKind = "customer" | "bot" | "agent" | "system";
export type Presence = "online" | "away" | "offline";
export type Role = "agent" | "supervisor" | "admin";
export type DeliveryState =
  | "pending"
  | "sending"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "uncertain";

export interface Owner {
  readonly kind: "bot" | "queue" | "agent";
  readonly id: string | null;
  readonly name: string | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Author {
  readonly kind: AuthorKind;
  readonly id: string | null;
  readonly name: string | null;
}

/** A conversation as lists and events carry it. */
export interface Conversation {
  readonly id: string;
  readonly number: number;
  readonly state: ConversationState;
  readonly owner: Owner;
  readonly ownership: number;
  readonly contact: { readonly id: string; readonly name: string | null; readonly proof: Proof };
  readonly inbox: { readonly id: string; readonly name: string; readonly channel: string };
  readonly channel: string;
  readonly language: string | null;
  readonly queue: Named | null;
  readonly waiting_since: string | null;
  readonly snoozed_until: string | null;
  readonly handoff: { readonly reason: string; readonly at: string } | null;
  readonly last_message: {
    readonly seq: number;
    readonly author_kind: AuthorKind;
    readonly text: string;
    readonly at: string;
  } | null;
  readonly last_seq: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly resolved_at: string | null;
  readonly outcome: string | null;
  /** How far this agent has seen it; the socket leaves both out. */
  readonly seen_seq?: number;
  readonly unread?: number;
  /** Up to which message `unread` counts: kept by this console. */
  readonly counted_seq?: number;
}

/** What a view asks the list; what is left out does not matter. */
export interface Wanted {
  readonly state?: ConversationState;
  readonly open?: boolean;
  readonly asleep?: boolean;
  readonly snoozed?: boolean;
  /** me, none, or an agent's id. */
  readonly owner?: string;
  readonly queue?: string;
  readonly inbox?: string;
  readonly channel?: string;
  readonly language?: string;
}

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly query: Wanted;
}

/** A line of a search's result: what it has nothing of is null. */
export interface Hit {
  readonly kind: "conversation" | "contact" | "message" | "note";
  readonly at: string;
  readonly snippet: readonly { readonly text: string; readonly hit: boolean }[];
  readonly conversation: Conversation | null;
  readonly contact: { readonly id: string; readonly name: string | null; readonly email: string | null } | null;
  readonly message: { readonly id: string; readonly seq: number; readonly author: Author } | null;
}

export type Slots = Readonly<Record<string, unknown>>;

export interface Guess {
  readonly name: string;
  readonly title: string | null;
  readonly confidence: number;
}

/** Why an automatic choice was made: a code that each language has words for. */
export interface Why {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Handoff {
  readonly id: string;
  readonly reason: string;
  readonly explanation: string;
  readonly why: readonly Why[];
  readonly at: string;
  readonly waiting_since: string | null;
  readonly queue: Named | null;
  readonly from_seq: number;
  readonly guesses: readonly Guess[];
  readonly slots: Slots;
  readonly taken_at: string | null;
  readonly taken_by: Named | null;
  readonly ended_at: string | null;
  readonly ended_by: string | null;
}

/** A conversation as it is answered when asked for alone, and by every verb. */
export interface OpenedConversation extends Conversation {
  readonly slots: Slots;
  readonly handoffs: readonly Handoff[];
  readonly position: number | null;
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
  readonly url: string;
}

export interface Button {
  readonly label: string;
  readonly value: string;
}

export interface Entity {
  readonly entity: string;
  readonly value: unknown;
  readonly start: number | null;
  readonly end: number | null;
}

/** What the bot understood of a turn, and what it decided and why. */
export interface Understanding {
  readonly turn_id: string;
  readonly intent: string | null;
  readonly title: string | null;
  readonly confidence: number | null;
  readonly score: number | null;
  readonly ranking: readonly Guess[];
  readonly entities: readonly Entity[];
  readonly language: string | null;
  readonly model: string | null;
  readonly decision: string;
  readonly reasons: readonly string[];
  readonly why: readonly Why[];
  readonly took_ms: number | null;
}

export interface Delivery {
  readonly id: string;
  readonly state: DeliveryState;
  readonly error: string | null;
  readonly attempts: number;
}

export interface Message {
  readonly id: string;
  readonly conversation_id: string;
  readonly seq: number;
  readonly kind: "message" | "note";
  readonly author: Author;
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly attachments: readonly Attachment[];
  readonly image: string | null;
  readonly reply_to: string | null;
  readonly chosen: string | null;
  readonly at: string;
  readonly delivery: Delivery | null;
  readonly understanding: Understanding | null;
}

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly waiting: number;
  readonly oldest_waiting_since: string | null;
  readonly is_default: boolean;
  readonly disabled: boolean;
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly presence: Presence;
  readonly disabled: boolean;
  readonly open_conversations: number;
  /** Up to which load claim-next gives more; null for any number. */
  readonly capacity: number | null;
  readonly load: number;
}

/** What an agent set for every browser. */
export interface AccountPreferences {
  readonly sound_waiting: boolean;
  readonly sound_answers: boolean;
  readonly sound_given: boolean;
  readonly notify_waiting: boolean;
  readonly notify_answers: boolean;
  readonly notify_given: boolean;
  readonly undo_seconds: number;
  readonly theme: "auto" | "light" | "dark";
  readonly first_steps: boolean;
}

export interface Me extends Agent {
  readonly csrf_token: string | null;
  readonly locale: string | null;
  readonly preferences: AccountPreferences;
}

/** Which of an installation's first steps are done. */
export interface FirstSteps {
  readonly inbox: boolean;
  readonly agent: boolean;
  readonly bot: boolean;
}

export interface Inbox {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly disabled: boolean;
  readonly key?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Address {
  readonly id: string;
  readonly channel: string;
  readonly inbox: string | Named | null;
  readonly peer: string;
  readonly proof: Proof;
  readonly last_seen_at: string | null;
}

export interface Contact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly locale: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly addresses: readonly Address[];
  readonly conversations: readonly Conversation[];
}

/** A contact as the list of contacts shows it. */
export interface ListedContact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly addresses: readonly { readonly channel: string; readonly peer: string; readonly proof: Proof }[];
  readonly conversations: number;
  readonly created_at: string;
  readonly last_seen_at: string | null;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly expires_at: string | null;
  /** Told once, in the answer that makes the token. */
  readonly token?: string;
}

export interface Session {
  readonly id: string;
  readonly created_at: string;
  readonly seen_at: string;
  readonly expires_at: string;
  readonly user_agent: string;
  readonly network_address: string;
  readonly current: boolean;
}

export type RuleKind = "words" | "contact" | "inbox";

export interface Rule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly value: string;
  readonly queue: string | null;
  readonly enabled: boolean;
}

/** How many conversations are open. */
export interface Counts {
  readonly with_bot: number;
  readonly waiting: number;
  readonly with_agent: number;
  readonly mine: number;
  readonly snoozed: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A past-tense fact, numbered, as the socket and a conversation's history carry it. */
export interface Event {
  readonly n: number;
  readonly kind: string;
  readonly conversation_id: string | null;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly conversation?: Conversation;
  readonly message?: Message;
}
