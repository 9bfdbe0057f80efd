import { matchLocale } from "../../shared/locale";
import type { EventName, Listener, PeykApi, Scheme } from "../api";
import { fetchInbox, type Inbox, InboxRefused } from "../inbox";
import type { Host, Options, Panel } from "../options";
import { Told } from "./events";
import { Launcher } from "./launcher";
import { Memory } from "./memory";
import type { Tag } from "./tag";

const AGAIN_MS = 20_000;

/** `window.Peyk`: what is asked before the chat is there is done when it is. */
export class Page implements PeykApi {
  readonly #tag: Tag;
  readonly #told = new Told();
  readonly #memory: Memory;
  readonly #options: Options;
  readonly #load: (host: Host, options: Options) => Promise<Panel>;
  #wanted: string | undefined;
  #launcher: Launcher | null = null;
  #later: ((launcher: Launcher) => void)[] = [];

  constructor(tag: Tag, load: (host: Host, options: Options) => Promise<Panel>) {
    this.#tag = tag;
    this.#load = load;
    this.#memory = new Memory(tag.inbox);
    this.#wanted = tag.locale;
    const { inbox, base, token } = tag;
    this.#options = { inbox, base, locale: "en", identity: token, attributes: {} };
  }

  /** Asks the gateway how the inbox looks, then puts the button on the page. */
  async begin(): Promise<void> {
    try {
      this.#appear(await fetchInbox(this.#tag.base, this.#tag.inbox));
    } catch (error) {
      // Said once, to the developer of the page: the visitor just sees no button.
      if (error instanceof InboxRefused) console.warn(`Peyk shows no chat: ${error.message}`);
      else setTimeout(() => void this.begin(), AGAIN_MS);
    }
  }

  get isOpen(): boolean {
    return this.#launcher?.isOpen ?? false;
  }

  get unread(): number {
    return this.#launcher?.unread ?? 0;
  }

  open = (): void => this.#when((launcher) => void launcher.open(true));
  close = (): void => this.#when((launcher) => launcher.close());
  toggle = (): void => this.#when((launcher) => launcher.toggle());
  show = (): void => this.#when((launcher) => (launcher.hidden = false));
  hide = (): void => this.#when((launcher) => (launcher.hidden = true));

  setScheme(scheme: Scheme): void {
    this.#when((launcher) => launcher.setScheme(scheme));
  }

  identify(token: string | null): void {
    this.#options.identity = token;
    if (token === null) this.#options.attributes = {};
    this.#launcher?.renew();
  }

  setAttributes(attributes: Options["attributes"]): void {
    this.#options.attributes = { ...this.#options.attributes, ...attributes };
    this.#launcher?.describe();
  }

  setLocale(locale: string): void {
    this.#wanted = locale;
    const launcher = this.#launcher;
    const found = launcher && matchLocale([locale], launcher.inbox.locales);
    if (found) launcher.setLocale(found);
  }

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    // Whoever comes late would wait for ever for what has already been.
    if (name === "ready" && this.#launcher) queueMicrotask(() => this.#ready(listener as Listener<"ready">));
    return this.#told.on(name, listener);
  }

  off<Name extends EventName>(name: Name, listener: Listener<Name>): void {
    this.#told.off(name, listener);
  }

  push(...calls: readonly ((chat: PeykApi) => void)[]): void {
    for (const call of calls) {
      try {
        call(this);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #appear(inbox: Inbox): void {
    this.#options.locale = this.#locale(inbox);
    const launcher = new Launcher({
      inbox,
      options: this.#options,
      memory: this.#memory,
      load: (host) => this.#load(host, this.#options),
      tell: (name, detail) => this.#told.tell(name, detail),
    });
    launcher.setScheme(this.#tag.scheme);
    launcher.hidden = this.#tag.hidden;
    launcher.appear();
    this.#launcher = launcher;
    this.#ready((detail) => this.#told.tell("ready", detail));
    for (const call of this.#later.splice(0)) call(launcher);
  }

  #ready(listener: Listener<"ready">): void {
    listener({ inbox: this.#tag.inbox, locale: this.#options.locale });
  }

  /** The visitor's own choice, then the page's, then the browser's, of those that the inbox has. */
  #locale(inbox: Inbox): Options["locale"] {
    const page = document.documentElement.lang;
    const wanted = [this.#memory.locale, this.#wanted, page, ...navigator.languages];
    return matchLocale(wanted, inbox.locales) ?? inbox.locale;
  }

  #when(call: (launcher: Launcher) => void): void {
    if (this.#launcher) call(this.#launcher);
    else this.#later.push(call);
  }
}
