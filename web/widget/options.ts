import type { Locale } from "../shared/locale";

/** What the page's script tag says about the chat on it. */
export interface Options {
  /** The key of the inbox. */
  readonly inbox: string;
  /** Where the gateway is: the folder that `widget.js` came from, with a slash at its end. */
  readonly base: string;
  readonly locale: Locale;
  /** The signed identity token that the site made for a visitor it knows. */
  readonly identity: string | null;
}

/** What the panel may ask of the launcher that loaded it. */
export interface Host {
  readonly root: ShadowRoot;
  /** The panel was closed by the customer. */
  closed(): void;
  /** How many messages have not been seen, in the words of the language; empty for none. */
  unread(count: string): void;
}

/** What the launcher may ask of the panel. */
export interface Panel {
  open(focus: boolean): void;
  close(): void;
}
