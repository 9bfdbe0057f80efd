import type { Locale } from "../shared/locale";
import type { Attributes, EventName, Events } from "./api";
import type { Inbox } from "./inbox";

/** What the page says about the chat on it, and about its visitor. */
export interface Options {
  /** The key of the inbox. */
  readonly inbox: string;
  /** Where the gateway is: the folder that `widget.js` came from, with a slash at its end. */
  readonly base: string;
  /** What follows may change while the page stays. */
  locale: Locale;
  /** The signed identity token that the site made for a visitor it knows. */
  identity: string | null;
  attributes: Attributes;
}

/** What the panel may ask of the launcher that loaded it. */
export interface Host {
  readonly root: ShadowRoot;
  readonly inbox: Inbox;
  /** The panel was closed by the customer. */
  closed(): void;
  /** The visitor would rather read this language. */
  choose(locale: Locale): void;
  tell<Name extends EventName>(name: Name, detail: Events[Name]): void;
}

/** What the launcher may ask of the panel. */
export interface Panel {
  open(focus: boolean): void;
  close(): void;
  /** The visitor is another, or reads another language: the options say so. */
  renew(): Promise<void>;
  /** The page knows more of its visitor: the options say so. */
  describe(): void;
}
