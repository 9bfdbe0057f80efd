/** A small own set of emoji: what people use when they help others. */

import { readJson, writeJson, type Storage } from "./drafts";

export type EmojiGroup = "faces" | "hands" | "things" | "signs";

export const EMOJI: Readonly<Record<EmojiGroup, readonly string[]>> = {
  faces: [..."😀😃😄😁😅😂🙂😉😊😍🥰😘😎🤗🤔😐😕🙁😢😭😳😮😴🤒😷🤩😇"],
  hands: ["👍", "👎", "👌", "🙏", "👏", "🙌", "💪", "👋", "🤝", "✌️", "☝️", "✍️", "❤️", "💙", "💚", "💛", "🌹", "🌷"],
  things: ["🎉", "🎁", "📦", "🚚", "🛒", "💳", "🧾", "📄", "📎", "📷", "📞", "✉️", "🔑", "🔧", "💡", "⏰", "📅", "☕"],
  signs: ["✅", "☑️", "❌", "⚠️", "❗", "❓", "➡️", "⬅️", "🔁", "🔒", "⭐", "🔥", "💯", "🆕", "🆗", "🔔", "🕒", "📍"],
};

export const GROUPS = Object.keys(EMOJI) as EmojiGroup[];

const PLACE = "peyk.emoji";
const RECENT = 9;

export function recentEmoji(storage: Storage): readonly string[] {
  const stored = readJson(storage, PLACE);
  return Array.isArray(stored) ? stored.filter((one) => typeof one === "string").slice(0, RECENT) : [];
}

export function noteEmoji(storage: Storage, emoji: string): void {
  writeJson(storage, PLACE, [emoji, ...recentEmoji(storage).filter((one) => one !== emoji)].slice(0, RECENT));
}

/** Where an arrow leads in rows of `columns`; the page's direction turns left and right round. */
export function moved(at: number, key: string, count: number, columns: number, rtl: boolean): number {
  const forward = rtl ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: forward,
    ArrowLeft: -forward,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -at,
    End: count - 1 - at,
  };
  const next = at + (steps[key] ?? 0);
  return next < 0 || next >= count ? at : next;
}
