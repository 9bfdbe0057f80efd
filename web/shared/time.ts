import { dateFormat, numberFormat, relativeDays } from "./formats";
import type { Locale } from "./locale";

const DAY_MS = 86_400_000;

/** The time of day: "14:05". */
export function formatClock(at: Date, locale: Locale): string {
  return dateFormat(locale, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** The day as people name it: today, yesterday, a weekday, then the date. */
export function formatDay(at: Date, now: Date, locale: Locale): string {
  return capitalised(dayName(at, now, locale), locale);
}

/** A moment to come: "14:05", "tomorrow 14:05", "Monday 14:05", "3 April 14:05". */
export function formatComing(at: Date, now: Date, locale: Locale): string {
  const clock = formatClock(at, locale);
  return isSameDay(at, now) ? clock : `${dayName(at, now, locale)} ${clock}`;
}

function dayName(at: Date, now: Date, locale: Locale): string {
  const days = daysBetween(at, now);
  if (Math.abs(days) < 2) return relativeDay(-days, locale);
  if (Math.abs(days) < 7) return dateFormat(locale, { weekday: "long" }).format(at);
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
  return dateFormat(locale, year ? { ...options, year } : options).format(at);
}

/** The whole moment, for a tooltip. */
export function formatMoment(at: Date, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** How long ago or how long: "45 s", "3 min", "2 hr", "5 days". */
export function formatDuration(seconds: number, locale: Locale): string {
  const [value, unit] = largestUnit(Math.max(0, seconds));
  return numberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 0,
  }).format(value);
}

export function isSameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

function largestUnit(seconds: number): [number, string] {
  if (seconds < 60) return [Math.floor(seconds), "second"];
  if (seconds < 3600) return [Math.floor(seconds / 60), "minute"];
  if (seconds < 86_400) return [Math.floor(seconds / 3600), "hour"];
  return [Math.floor(seconds / 86_400), "day"];
}

/** Whole calendar days, so that a late evening is yesterday just after midnight. */
function daysBetween(at: Date, now: Date): number {
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function relativeDay(days: number, locale: Locale): string {
  return relativeDays(locale).format(days, "day");
}

function capitalised(text: string, locale: Locale): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
