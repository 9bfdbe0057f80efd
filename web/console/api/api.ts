/** The agent API, one typed function per resource. The only place that knows its addresses. */

import type { Http, Query } from "./http";
import type * as shapes from "./shapes";
import { writingCalls } from "./writing";

export interface ConversationQuery extends Query {
  readonly state?: shapes.ConversationState;
  readonly open?: boolean;
  readonly asleep?: boolean;
  readonly snoozed?: boolean;
  readonly owner?: string;
  readonly queue?: string;
  readonly inbox?: string;
  readonly channel?: string;
  readonly language?: string;
  readonly contact?: string;
  readonly q?: string;
  readonly limit?: number;
  readonly cursor?: string | null;
}

export interface Said {
  readonly text: string;
  readonly attachments?: readonly string[];
  readonly reply_to?: string;
}

export type Destination = { readonly queue: string } | { readonly agent: string };

type Opened = Promise<shapes.OpenedConversation>;
type WithMessage = Promise<shapes.OpenedConversation & { readonly message: shapes.Message }>;

export type Api = ReturnType<typeof createApi>;

export function createApi(http: Http) {
  return {
    ...sessionCalls(http),
    ...conversationCalls(http),
    ...verbCalls(http),
    ...settingsCalls(http),
    ...writingCalls(http),
  };
}

function sessionCalls(http: Http) {
  return {
    signIn: (email: string, password: string) =>
      http.send<{ agent: shapes.Agent; csrf_token: string }>("/session", {
        method: "POST",
        body: { email, password },
      }),
    signOut: () => http.send<null>("/session", { method: "DELETE" }),
    me: () => http.send<shapes.Me>("/me"),
    changeMe: (change: MyChange) =>
      http.send<shapes.Me>("/me", { method: "PATCH", body: change }),
    setPresence: (status: shapes.Presence) =>
      http.send<unknown>("/me/presence", { method: "PUT", body: { status } }),
    sessions: () => http.send<shapes.Page<shapes.Session>>("/sessions"),
    endSession: (id: string) => http.send<null>(`/sessions/${id}`, { method: "DELETE" }),
  };
}

export interface MyChange {
  readonly name?: string;
  readonly locale?: string;
  readonly password?: { readonly current: string; readonly new: string };
  readonly capacity?: number | null;
  readonly preferences?: Partial<shapes.AccountPreferences>;
}

function conversationCalls(http: Http) {
  return {
    conversations: (query: ConversationQuery) =>
      http.send<shapes.Page<shapes.Conversation>>("/conversations", { query }),
    seen: (id: string, seq: number) =>
      http.send<{ readonly seen_seq: number; readonly unread: number }>(`/conversations/${id}/seen`, {
        method: "POST",
        body: { seq },
      }),
    search: (query: Query) => http.send<shapes.Page<shapes.Hit>>("/search", { query }),
    counts: () => http.send<shapes.Counts>("/conversations/counts"),
    conversation: (id: string) =>
      http.send<shapes.OpenedConversation>(`/conversations/${id}`),
    messages: (id: string, since: number) =>
      http.send<{ items: readonly shapes.Message[]; next: number | string | null }>(
        `/conversations/${id}/messages`,
        { query: { since } },
      ),
    events: (id: string, since: number) =>
      http.send<{ items: readonly shapes.Event[]; next: number | string | null }>(
        `/conversations/${id}/events`,
        { query: { since } },
      ),
    contacts: (query: { readonly q?: string; readonly limit?: number; readonly cursor?: string | null }) =>
      http.send<shapes.Page<shapes.ListedContact>>("/contacts", { query }),
    contact: (id: string) => http.send<shapes.Contact>(`/contacts/${id}`),
    changeContact: (id: string, change: { readonly name: string | null; readonly email: string | null }) =>
      http.send<shapes.Contact>(`/contacts/${id}`, { method: "PATCH", body: change }),
    attach: (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return http.send<shapes.Attachment>("/attachments", { method: "POST", body: form });
    },
  };
}

function verbCalls(http: Http) {
  const verb = <T>(id: string, name: string, key: string, body: unknown = {}): Promise<T> =>
    http.send<T>(`/conversations/${id}/${name}`, { method: "POST", key, body });
  return {
    claimNext: (key: string, queue?: string) =>
      http.send<shapes.OpenedConversation | null>("/conversations/next", {
        method: "POST",
        key,
        body: queue === undefined ? {} : { queue },
      }),
    claim: (id: string, key: string, takeOver: boolean): Opened =>
      verb(id, "claim", key, takeOver ? { take_over: true } : {}),
    reply: (id: string, key: string, said: Said): WithMessage => verb(id, "replies", key, said),
    note: (id: string, key: string, said: Said): WithMessage => verb(id, "notes", key, said),
    transfer: (id: string, key: string, to: Destination, note?: string): Opened =>
      verb(id, "transfer", key, { ...to, ...(note ? { note } : {}) }),
    returnToBot: (id: string, key: string, note?: string): Opened =>
      verb(id, "return-to-bot", key, note ? { note } : {}),
    snooze: (id: string, key: string, until: string): Opened =>
      verb(id, "snooze", key, { until }),
    resolve: (id: string, key: string, outcome?: string): Opened =>
      verb(id, "resolve", key, outcome ? { outcome } : {}),
    reopen: (id: string, key: string): Opened => verb(id, "reopen", key),
    setSlots: (id: string, slots: shapes.Slots): Opened =>
      http.send(`/conversations/${id}/slots`, { method: "PUT", body: { slots } }),
  };
}

/** As many as a page may hold: queues, agents and the like are read whole. */
const WHOLE = { limit: 200 } as const;

function settingsCalls(http: Http) {
  const make = <T>(path: string) => (key: string, body: unknown) =>
    http.send<T>(path, { method: "POST", key, body });
  const change = <T>(path: string) => (id: string, body: unknown) =>
    http.send<T>(`${path}/${id}`, { method: "PATCH", body });
  const remove = (path: string) => (id: string) =>
    http.send<null>(`${path}/${id}`, { method: "DELETE" });
  return {
    firstSteps: () => http.send<shapes.FirstSteps>("/first-steps"),
    queues: () => http.send<shapes.Page<shapes.Queue>>("/queues", { query: WHOLE }),
    makeQueue: make<shapes.Queue>("/queues"),
    changeQueue: change<shapes.Queue>("/queues"),
    agents: () => http.send<shapes.Page<shapes.Agent>>("/agents", { query: WHOLE }),
    makeAgent: make<shapes.Agent>("/agents"),
    changeAgent: change<shapes.Agent>("/agents"),
    inboxes: () => http.send<shapes.Page<shapes.Inbox>>("/inboxes", { query: WHOLE }),
    makeInbox: make<shapes.Inbox>("/inboxes"),
    changeInbox: change<shapes.Inbox>("/inboxes"),
    views: () => http.send<shapes.Page<shapes.SavedView>>("/views", { query: WHOLE }),
    makeView: make<shapes.SavedView>("/views"),
    changeView: change<shapes.SavedView>("/views"),
    removeView: remove("/views"),
    rules: () => http.send<shapes.Page<shapes.Rule>>("/rules", { query: WHOLE }),
    makeRule: make<shapes.Rule>("/rules"),
    changeRule: change<shapes.Rule>("/rules"),
    removeRule: remove("/rules"),
    tokens: () => http.send<shapes.Page<shapes.Token>>("/tokens", { query: WHOLE }),
    makeToken: make<shapes.Token>("/tokens"),
    removeToken: remove("/tokens"),
  };
}
