import type { Locale } from "../shared/locale";
import type { Author, ConversationState } from "./protocol";

/** What the page may say of its visitor; agents see it as the page's word. Null takes back. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export type Scheme = "auto" | "light" | "dark";

/** What happens in the chat, as the page is told of it. */
export interface Events {
  /** The chat is on the page. */
  ready: { readonly inbox: string; readonly locale: Locale };
  opened: Record<string, never>;
  closed: Record<string, never>;
  /** Something was said after the page came, by whomever. */
  message: {
    readonly id: string;
    readonly author: Author;
    readonly text: string;
    readonly at: string;
  };
  /** How many messages the visitor has not seen. */
  unread: { readonly count: number };
  /** Who has the conversation now. */
  state: {
    readonly state: ConversationState;
    readonly agent: string | null;
    readonly position: number | null;
  };
}

export type EventName = keyof Events;

export type Listener<Name extends EventName> = (detail: Events[Name]) => void;

/** `window.Peyk`, once the script has run. See docs/howto/put-the-chat-on-a-page.md. */
export interface PeykApi {
  readonly isOpen: boolean;
  readonly unread: number;
  open(): void;
  close(): void;
  toggle(): void;
  /** The button, for pages that have one of their own. */
  show(): void;
  hide(): void;
  /** The visitor whom the token names; null when nobody is signed in any more. */
  identify(token: string | null): void;
  setAttributes(attributes: Attributes): void;
  setLocale(locale: string): void;
  setScheme(scheme: Scheme): void;
  /** Returns what ends the listening. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
  off<Name extends EventName>(name: Name, listener: Listener<Name>): void;
  /** Calls each with this, at once; before the script has run, an array keeps them. */
  push(...calls: readonly ((chat: PeykApi) => void)[]): void;
}
