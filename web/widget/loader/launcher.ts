import { formatNumber } from "../../shared/digits";
import { direction, type Locale } from "../../shared/locale";
import type { EventName, Events, Scheme } from "../api";
import type { Inbox } from "../inbox";
import type { Host, Options, Panel } from "../options";
import { properties } from "./appearance";
import { icon } from "./icon";
import sheet from "./launcher.css?inline";
import type { Memory } from "./memory";

const LABELS: Readonly<Record<Locale, Readonly<Record<"open" | "close" | "fresh" | "text", string>>>> = {
  en: { open: "Open chat", close: "Close chat", fresh: "new", text: "Chat with us" },
  fa: { open: "باز کردن گفتگو", close: "بستن گفتگو", fresh: "تازه", text: "گفتگو با ما" },
  ar: { open: "فتح المحادثة", close: "إغلاق المحادثة", fresh: "جديدة", text: "تحدث معنا" },
};

/** How long the page has for itself before a visitor who used the chat lately is connected. */
const QUIET_MS = 2_000;

/** The panel takes all of so narrow a page, so it does not open there by itself. */
const NARROW_PX = 640;

/** What the launcher needs from outside; a preview has other ways than a page. */
export interface LauncherParts {
  readonly options: Options;
  readonly inbox: Inbox;
  readonly memory: Pick<Memory, "wasOpen" | "wasUsed" | "choose">;
  readonly load: (host: Host) => Promise<Panel>;
  readonly tell: Host["tell"];
}

/** The button on the page, in a tree of its own so that neither styles the other. */
export class Launcher implements Host {
  readonly root: ShadowRoot;
  inbox: Inbox;
  isOpen = false;
  unread = 0;
  readonly #parts: LauncherParts;
  readonly #host = document.createElement("peyk-chat");
  readonly #button = document.createElement("button");
  readonly #text = document.createElement("b");
  readonly #count = document.createElement("i");
  readonly #colours = new CSSStyleSheet();
  #scheme: Scheme | null = null;
  #panel: Promise<Panel> | null = null;

  constructor(parts: LauncherParts) {
    this.#parts = parts;
    this.inbox = parts.inbox;
    this.root = this.#host.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(sheet);
    this.root.adoptedStyleSheets = [styles, this.#colours];
    this.#button.type = "button";
    this.#button.className = "launcher";
    this.#button.append(icon(), this.#text, this.#count);
    this.#button.addEventListener("click", () => this.toggle());
    this.root.append(this.#button);
    this.dress(parts.inbox);
  }

  /** Takes its place on the page; a panel that was open on the page before opens again. */
  appear(): void {
    document.body.append(this.#host);
    const { memory } = this.#parts;
    if (memory.wasOpen && innerWidth > NARROW_PX) void this.open(false);
    else if (memory.wasUsed) setTimeout(() => void this.#load(), QUIET_MS);
  }

  /** Looks as the inbox says. */
  dress(inbox: Inbox): void {
    this.inbox = inbox;
    this.#colours.replaceSync(properties(inbox));
    this.#host.dataset["position"] = inbox.appearance.position;
    this.setScheme(this.#scheme);
    this.#show();
  }

  async open(focus: boolean): Promise<void> {
    this.#set(true);
    this.#host.classList.add("loading");
    try {
      (await this.#load()).open(focus);
    } catch (error) {
      // The next press of the button tries again.
      this.#panel = null;
      this.#set(false);
      throw error;
    } finally {
      this.#host.classList.remove("loading");
    }
  }

  close(): void {
    if (this.isOpen) void this.#panel?.then((panel) => panel.close());
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else void this.open(true);
  }

  set hidden(isHidden: boolean) {
    this.#host.toggleAttribute("data-hidden", isHidden);
  }

  /** The page's wish goes before the inbox's; null for none. */
  setScheme(scheme: Scheme | null): void {
    this.#scheme = scheme;
    this.#host.dataset["scheme"] = scheme ?? this.inbox.appearance.scheme;
  }

  setLocale(locale: Locale): void {
    if (locale === this.#parts.options.locale) return;
    this.#parts.options.locale = locale;
    this.#show();
    this.renew();
  }

  renew(): void {
    void this.#panel?.then((panel) => panel.renew());
  }

  describe(): void {
    void this.#panel?.then((panel) => panel.describe());
  }

  choose(locale: Locale): void {
    this.#parts.memory.choose(locale);
    this.setLocale(locale);
  }

  closed(): void {
    const hadFocus = this.root.activeElement !== null;
    this.#set(false);
    if (hadFocus) this.#button.focus({ preventScroll: true });
  }

  tell<Name extends EventName>(name: Name, detail: Events[Name]): void {
    if (name === "unread") {
      this.unread = (detail as Events["unread"]).count;
      this.#show();
    }
    this.#parts.tell(name, detail);
  }

  /** The panel's code comes with the first opening, not with the page. */
  #load(): Promise<Panel> {
    this.#panel ??= this.#parts.load(this);
    return this.#panel;
  }

  #set(isOpen: boolean): void {
    if (this.isOpen === isOpen) return;
    this.isOpen = isOpen;
    this.#parts.memory.wasOpen = isOpen;
    this.#show();
    this.#parts.tell(isOpen ? "opened" : "closed", {});
  }

  #show(): void {
    const { locale } = this.#parts.options;
    const words = LABELS[locale];
    const count = this.unread ? formatNumber(this.unread, locale) : "";
    const isText = this.inbox.appearance.launcher === "text";
    const text = isText && !this.isOpen ? this.inbox.texts[locale]?.launcher || words.text : "";
    const label = this.isOpen ? words.close : text || words.open;
    this.#host.lang = locale;
    this.#host.dir = direction(locale);
    this.#host.classList.toggle("open", this.isOpen);
    this.#text.textContent = text;
    this.#count.textContent = count;
    this.#button.setAttribute("aria-label", count ? `${label}: ${count} ${words.fresh}` : label);
    this.#button.setAttribute("aria-expanded", `${this.isOpen}`);
  }
}
