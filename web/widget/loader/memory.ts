import type { Locale } from "../../shared/locale";

/** So many days a visitor who used the chat is connected on every page, to see what is new. */
const DAYS = 7;
const DAY_MS = 86_400_000;

/** What the button remembers; where the browser forbids it, nothing. */
export class Memory {
  readonly #prefix: string;

  constructor(inbox: string) {
    this.#prefix = `peyk:${inbox}:`;
  }

  /** Whether the panel was open on the page before, in this tab. */
  get wasOpen(): boolean {
    return read(() => sessionStorage.getItem(`${this.#prefix}panel`)) === "open";
  }

  set wasOpen(isOpen: boolean) {
    read(() => sessionStorage.setItem(`${this.#prefix}panel`, isOpen ? "open" : "closed"));
    if (isOpen) read(() => localStorage.setItem(`${this.#prefix}used`, `${Date.now()}`));
  }

  get wasUsed(): boolean {
    const at = Number(read(() => localStorage.getItem(`${this.#prefix}used`)));
    return Date.now() - at < DAYS * DAY_MS;
  }

  /** The language that the visitor chose himself. */
  get locale(): string | null {
    return read(() => localStorage.getItem(`${this.#prefix}locale`)) ?? null;
  }

  choose(locale: Locale): void {
    read(() => localStorage.setItem(`${this.#prefix}locale`, locale));
  }
}

function read<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
