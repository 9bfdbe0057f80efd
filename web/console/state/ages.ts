/** How long somebody has waited, in steps that the eye can tell. */

import { formatDuration } from "../../shared/time";
import type { Locale } from "../../shared/locale";

export type Age = "fresh" | "warm" | "late";

const WARM_MS = 2 * 60_000;
const LATE_MS = 10 * 60_000;
const HOUR_S = 3600;

export function ageOf(since: string, now: number): Age {
  const waited = now - Date.parse(since);
  if (waited >= LATE_MS) return "late";
  return waited >= WARM_MS ? "warm" : "fresh";
}

/** How long it has been, in words: "45 s", "12 min", "3 hr 5 min", "2 days". */
export function waited(since: string, now: number, locale: Locale): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const minutes = Math.floor(seconds / 60) % 60;
  const coarse = formatDuration(seconds, locale);
  if (seconds < HOUR_S || seconds >= 10 * HOUR_S || minutes === 0) return coarse;
  return `${coarse} ${formatDuration(minutes * 60, locale)}`;
}
