/** Slots as people read and correct them. */

import type { Slots } from "../api/shapes";

/** "order_number" as "order number". */
export function slotTitle(name: string): string {
  return name.replaceAll("_", " ");
}

export function showSlot(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What was typed, as the kind of value it replaces; an emptied field forgets the value. */
export function readSlot(typed: string, before: unknown): unknown {
  const text = typed.trim();
  if (text === "") return null;
  if (typeof before === "number" && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (typeof before === "object" && before !== null) return parsedOr(text, before);
  return text;
}

/** Only what was changed, so that two people correcting two slots do not undo each other. */
export function changedSlots(before: Slots, typed: Readonly<Record<string, string>>): Slots {
  const changed = Object.entries(typed).filter(([name, text]) => text.trim() !== showSlot(before[name]));
  return Object.fromEntries(changed.map(([name, text]) => [name, readSlot(text, before[name])]));
}

/** A slot that was not known before; the bot names them with underscores. */
export function addedSlot(name: string, value: string): Slots {
  const plain = name.trim().replaceAll(/\s+/g, "_");
  return plain === "" || value.trim() === "" ? {} : { [plain]: value.trim() };
}

function parsedOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
