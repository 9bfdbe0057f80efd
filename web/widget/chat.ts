import { safeHref } from "../shared/links";
import { Link } from "./link";
import { type Fields, parse } from "./frames";
import type { Options } from "./options";
import type { Outgoing } from "./outgoing";
import type { Attachment, Author, Button, Message } from "./protocol";
import { describe, openSession, type Session } from "./session";
import type { ChatState } from "./state";
import type { ChatStorage, Seen } from "./storage";
import { Store } from "./store";
import { currentConversation } from "./transcript";
import { type Upload, upload, UploadFailed } from "./upload";
import { uuid } from "./uuid";

interface Earlier extends Fields {
  readonly items: readonly Message[];
  readonly more: boolean;
}

const TYPING_EVERY_MS = 3_000;
const TYPING_STOPS_MS = 4_000;
const TYPING_FADES_MS = 8_000;

/** The chat of one visitor: what he can do in it, and what is kept of it. */
export class Chat {
  readonly store = new Store();
  readonly #options: Options;
  readonly storage: ChatStorage;
  readonly #link: Link;
  #session: Session | null = null;
  #seen: Seen | null;
  #typedAt = 0;
  #looksBack = false;
  #stopTyping: ReturnType<typeof setTimeout> | undefined;
  #fadeTyping: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options, storage: ChatStorage) {
    this.#options = options;
    this.storage = storage;
    this.#seen = storage.seen;
    this.#link = new Link({
      store: this.store,
      openSession: () => this.#openSession(),
      openSocket: () => new WebSocket(socketAddress(options.base)),
      random: Math.random,
    });
    this.store.subscribe((state, before) => this.#follow(state, before));
  }

  get session(): Session | null {
    return this.#session;
  }

  /** Takes up what was typed before, in any tab, and connects. */
  start(): void {
    this.#adopt();
    addEventListener("online", () => this.reconnect());
    addEventListener("offline", () => this.#link.drop());
    addEventListener("pagehide", () => this.#link.close());
    addEventListener("pageshow", (event) => event.persisted && this.reconnect());
    addEventListener("storage", (event) => this.#otherTab(event));
    document.addEventListener("visibilitychange", () => this.#comeBack());
    this.reconnect();
  }

  reconnect(): void {
    void this.#link.connect();
  }

  /** The visitor is another, or reads another language: the options say so. */
  renew(): void {
    this.#link.renew();
  }

  /** The page knows more of the visitor; what cannot be told now is told with the next session. */
  describe(): void {
    if (this.#session) void describe(this.#options, this.#session.token).catch(() => undefined);
  }

  say(text: string, attachments: readonly Attachment[]): void {
    this.#queue({ kind: "message", text, attachments });
    this.#typedAt = 0;
    clearTimeout(this.#stopTyping);
  }

  choose(message: Message, button: Button): void {
    this.#queue({ kind: "choose", text: button.label, replyTo: message.id, value: button.value });
  }

  /** The wish for a person; in the transcript it reads as the customer's own words. */
  askForPerson(text: string): void {
    this.#queue({ kind: "ask_for_person", text });
  }

  retry(clientId: string): void {
    this.store.dispatch({ type: "retried", clientId });
    this.#link.flush();
  }

  discard(clientId: string): void {
    this.storage.drop(clientId);
    this.store.dispatch({ type: "dropped", clientId });
  }

  /** Tells the others that the customer types, seldom enough, and when he stops. */
  typing(): void {
    const now = Date.now();
    if (now - this.#typedAt > TYPING_EVERY_MS) {
      this.#typedAt = now;
      this.#link.send({ type: "typing", on: true });
    }
    clearTimeout(this.#stopTyping);
    this.#stopTyping = setTimeout(() => {
      this.#typedAt = 0;
      this.#link.send({ type: "typing", on: false });
    }, TYPING_STOPS_MS);
  }

  /** All messages so far have been seen. */
  see(): void {
    const { transcript, phase } = this.store.state;
    const conversationId = currentConversation(transcript);
    if (phase !== "online" || conversationId === null || this.unread() === 0) return;
    const seq = transcript.placed.at(-1)?.message.seq ?? 0;
    if (!this.#link.send({ type: "read", seq, conversation_id: conversationId })) return;
    this.#seen = { conversationId, seq };
    this.storage.seen = this.#seen;
  }

  /** How many messages of others in this conversation have not been seen. */
  unread(): number {
    const { transcript } = this.store.state;
    const conversationId = currentConversation(transcript);
    const seen = this.#seen?.conversationId === conversationId ? (this.#seen?.seq ?? 0) : 0;
    return transcript.placed.filter(
      ({ message }) =>
        message.conversationId === conversationId &&
        message.author.kind !== "customer" &&
        message.seq > seen,
    ).length;
  }

  /** Fetches what was said before what is shown. */
  async lookBack(): Promise<void> {
    const { transcript, fromStart, phase } = this.store.state;
    const first = transcript.placed[0]?.message;
    if (phase !== "online" || fromStart || this.#looksBack || !first) return;
    this.#looksBack = true;
    const place = `conversation_id=${first.conversationId}&before=${first.seq}`;
    const answer = await this.request(`messages/earlier?${place}`).catch(() => null);
    const found = parse(await answer?.text()) as Earlier | null;
    this.#looksBack = false;
    if (found) this.store.dispatch({ type: "looked_back", messages: found.items, more: found.more });
  }

  /** Asks the gateway for something by the session's right. */
  async request(path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(new URL(`chat/v1/${path}`, this.#options.base), {
      method: body ? "PUT" : "GET",
      credentials: "omit",
      headers: {
        Authorization: `Bearer ${this.#session?.token ?? ""}`,
        ...(body ? { "Content-Type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`The gateway answered ${answer.status}`);
    return answer;
  }

  upload(file: File, progress: (share: number) => void): Upload {
    if (this.#session) return upload(this.#options.base, this.#session.token, file, progress);
    return { done: Promise.reject(new UploadFailed("unavailable")), cancel: () => undefined };
  }

  /** An address that the gateway gave, as the page of another site must write it. */
  address(given: string): string | null {
    return safeHref(given, this.#options.base);
  }

  async #openSession(): Promise<Session> {
    this.#session = await openSession(this.#options, this.storage);
    return this.#session;
  }

  #queue(said: Pick<Outgoing, "kind" | "text"> & Partial<Outgoing>): void {
    const outgoing: Outgoing = {
      attachments: [],
      replyTo: null,
      value: null,
      ...said,
      clientId: uuid(),
      at: new Date().toISOString(),
      failure: null,
    };
    this.storage.keep(outgoing);
    this.store.dispatch({ type: "queued", outgoing });
    this.#link.flush();
  }

  /** Takes over what another tab left without its ack; sent twice, it is still one message. */
  #adopt(): void {
    for (const outgoing of this.storage.kept()) this.store.dispatch({ type: "queued", outgoing });
  }

  #otherTab(event: StorageEvent): void {
    const clientId = this.storage.dropped(event);
    if (clientId) this.store.dispatch({ type: "dropped", clientId });
  }

  /** A page that slept may hold a connection that is long dead. */
  #comeBack(): void {
    if (document.visibilityState !== "visible") return;
    if (this.store.state.phase === "lost") this.reconnect();
    else this.#link.probe();
  }

  #follow(state: ChatState, before: ChatState): void {
    for (const { clientId } of before.outbox) {
      if (!state.outbox.some((one) => one.clientId === clientId)) this.storage.drop(clientId);
    }
    if (state.phase === "online" && before.phase !== "online") this.#adopt();
    if (state.typing !== before.typing) this.#fade(state.typing);
  }

  /** A typing sign that nobody takes back fades by itself. */
  #fade(typing: Author | null): void {
    clearTimeout(this.#fadeTyping);
    if (typing === null) return;
    this.#fadeTyping = setTimeout(() => this.store.dispatch({ type: "typing_over" }), TYPING_FADES_MS);
  }
}

function socketAddress(base: string): URL {
  const address = new URL("chat/v1/socket", base);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}
