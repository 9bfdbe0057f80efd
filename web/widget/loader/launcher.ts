import { direction, type Locale } from "../../shared/locale";
import type { Host, Options, Panel } from "../options";
import sheet from "./launcher.css?inline";

const LABELS: Readonly<Record<Locale, readonly [open: string, close: string]>> = {
  en: ["Open chat", "Close chat"],
  fa: ["باز کردن گفتگو", "بستن گفتگو"],
  ar: ["فتح المحادثة", "إغلاق المحادثة"],
};

/** How long the page has for itself before a visitor who chatted on the page before is connected. */
const QUIET_MS = 2_000;

/** The two pictures of the button, by class: a speech bubble, and an arrow while the panel is open. */
const SHAPES = {
  chat: "M16 5.5C9.6 5.5 4.5 9.8 4.5 15.2c0 3 1.6 5.7 4.2 7.5l-.9 4.1c-.1.5.4.9.9.7l4.8-2.4c.8.1 1.6.2 2.5.2 6.4 0 11.5-4.4 11.5-9.9S22.4 5.5 16 5.5ZM9.2 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0ZM14.4 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0ZM19.6 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0Z",
  arrow: "m9 13 7 7 7-7",
};

/** The round button on the page, in a tree of its own so that neither styles the other. */
export class Launcher implements Host {
  readonly root: ShadowRoot;
  readonly #host = document.createElement("peyk-chat");
  readonly #button = document.createElement("button");
  readonly #count = document.createElement("span");
  readonly #options: Options;
  #panel: Promise<Panel> | null = null;
  #isOpen = false;

  constructor(options: Options) {
    this.#options = options;
    this.#host.lang = options.locale;
    this.#host.dir = direction(options.locale);
    this.root = this.#host.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(sheet);
    this.root.adoptedStyleSheets = [styles];
    this.#button.type = "button";
    this.#button.className = "launcher";
    this.#button.append(icon(), this.#count);
    this.#button.addEventListener("click", () => this.#toggle());
    this.root.append(this.#button);
    this.#show();
  }

  /** Takes its place on the page; a panel that was open on the page before opens again. */
  appear(): void {
    document.body.append(this.#host);
    const state = this.#remembered();
    if (state === "open" && innerWidth > 640) void this.open(false);
    else if (state) setTimeout(() => void this.#load(), QUIET_MS);
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
    if (this.#isOpen) void this.#panel?.then((panel) => panel.close());
  }

  closed(): void {
    this.#set(false);
    this.#button.focus({ preventScroll: true });
  }

  unread(count: string): void {
    this.#count.textContent = count;
  }

  #toggle(): void {
    if (this.#isOpen) this.close();
    else void this.open(true);
  }

  /** The panel's code comes with the first opening, not with the page. */
  #load(): Promise<Panel> {
    const address = new URL(`widget/${__PANEL__}`, this.#options.base).href;
    this.#panel ??= import(/* @vite-ignore */ address).then(({ mount }) =>
      mount(this, this.#options),
    );
    return this.#panel;
  }

  #set(isOpen: boolean): void {
    this.#isOpen = isOpen;
    try {
      sessionStorage.setItem(this.#memory, isOpen ? "open" : "closed");
    } catch {
      // Without storage the panel is closed on the next page.
    }
    this.#show();
  }

  #show(): void {
    const label = LABELS[this.#options.locale][this.#isOpen ? 1 : 0];
    this.#host.classList.toggle("open", this.#isOpen);
    this.#button.setAttribute("aria-label", label);
    this.#button.setAttribute("aria-expanded", `${this.#isOpen}`);
  }

  get #memory(): string {
    return `peyk:${this.#options.inbox}:panel`;
  }

  #remembered(): string | null {
    try {
      return sessionStorage.getItem(this.#memory);
    } catch {
      return null;
    }
  }
}

/** Drawn node by node: pages with Trusted Types allow no markup in strings. */
function icon(): SVGElement {
  const svg = drawn("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" });
  for (const [name, d] of Object.entries(SHAPES)) svg.append(drawn("path", { class: name, d }));
  return svg;
}

function drawn(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
