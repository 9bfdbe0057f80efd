/** Keys that work wherever one is not writing. */

export type Shortcut =
  | "next"
  | "previous"
  | "claim"
  | "reply"
  | "note"
  | "resolve"
  | "transfer"
  | "return"
  | "snooze"
  | "search"
  | "sheet";

export const SHORTCUTS: readonly { readonly key: string; readonly does: Shortcut }[] = [
  { key: "j", does: "next" },
  { key: "k", does: "previous" },
  { key: "c", does: "claim" },
  { key: "r", does: "reply" },
  { key: "n", does: "note" },
  { key: "t", does: "transfer" },
  { key: "b", does: "return" },
  { key: "z", does: "snooze" },
  { key: "e", does: "resolve" },
  { key: "/", does: "search" },
  { key: "?", does: "sheet" },
];

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Control or Command with K, wherever one is, writing or not. */
export function isCommandKey({ key, code, ctrlKey, metaKey, altKey }: Pressed): boolean {
  return (ctrlKey || metaKey) && !altKey && (key.toLowerCase() === "k" || code === "KeyK");
}

/** On a Persian or Arabic keyboard the same place on the keys does the same. */
export function shortcutOf(pressed: Pressed): Shortcut | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const key = /^[\x20-\x7e]$/.test(pressed.key) ? pressed.key.toLowerCase() : byPlace(pressed.code);
  return SHORTCUTS.find((shortcut) => shortcut.key === key)?.does ?? (pressed.key === "؟" ? "sheet" : null);
}

/** The one after or before the current in the list; the first if there is no current one. */
export function neighbour(rows: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : rows.indexOf(current);
  if (at === -1) return rows[0] ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, at + step))] ?? null;
}

function byPlace(code: string): string {
  return code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
}
