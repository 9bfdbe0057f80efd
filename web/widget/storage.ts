import type { Outgoing } from "./outgoing";

/** What we use of the browser's storage. */
export type Area = Pick<Storage, "length" | "getItem" | "key" | "removeItem" | "setItem">;

/** The visitor's session on this site, and for whom the site signed when it was made. */
export interface StoredSession {
  readonly token: string;
  readonly subject: string | null;
}

/** The last message that the visitor has seen. */
export interface Seen {
  readonly conversationId: string;
  readonly seq: number;
}

/**
 * What outlives the page, for one inbox. Every outgoing message has a key of its own, so that
 * tabs never overwrite each other. Where the browser forbids storage, it lasts as long as the page.
 */
export class ChatStorage {
  readonly #prefix: string;
  readonly #area: Area;

  constructor(inbox: string, area: Area) {
    this.#prefix = `peyk:${inbox}:`;
    this.#area = area;
  }

  get session(): StoredSession | null {
    return this.#read("session");
  }

  set session(session: StoredSession | null) {
    if (session) this.#write("session", session);
    else this.#area.removeItem(`${this.#prefix}session`);
  }

  get seen(): Seen | null {
    return this.#read("seen");
  }

  set seen(seen: Seen) {
    this.#write("seen", seen);
  }

  /** Whether the visitor wants no sound. */
  get muted(): boolean {
    return this.#read("muted") ?? false;
  }

  set muted(muted: boolean) {
    this.#write("muted", muted);
  }

  /** The email address that the visitor left. */
  get email(): string | null {
    return this.#read("email");
  }

  set email(email: string) {
    this.#write("email", email);
  }

  keep(outgoing: Outgoing): void {
    this.#write(`out:${outgoing.clientId}`, outgoing);
  }

  drop(clientId: string): void {
    this.#area.removeItem(`${this.#prefix}out:${clientId}`);
  }

  /** All that is still to be acknowledged, as it was typed, in whichever tab. */
  kept(): readonly Outgoing[] {
    const names = Array.from({ length: this.#area.length }, (_, at) => this.#area.key(at) ?? "");
    return names
      .filter((name) => name.startsWith(`${this.#prefix}out:`))
      .map((name) => this.#read<Outgoing>(name.slice(this.#prefix.length)))
      .filter((outgoing) => outgoing !== null)
      .sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** Which outgoing message another tab has dropped, read from a `storage` event. */
  dropped(event: Pick<StorageEvent, "key" | "newValue">): string | null {
    const start = `${this.#prefix}out:`;
    if (event.newValue !== null || !event.key?.startsWith(start)) return null;
    return event.key.slice(start.length);
  }

  #read<Value>(name: string): Value | null {
    return parse<Value>(this.#area.getItem(this.#prefix + name));
  }

  #write(name: string, value: unknown): void {
    try {
      this.#area.setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // A full store keeps nothing; the page itself still does.
    }
  }
}

/** The browser's storage, or one in memory where that is forbidden. */
export function browserStorage(): Area {
  try {
    const probe = "peyk:probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return memory();
  }
}

function memory(): Area {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

function parse<Value>(text: string | null): Value | null {
  try {
    return JSON.parse(text ?? "null") as Value;
  } catch {
    return null;
  }
}
