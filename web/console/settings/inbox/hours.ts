/** The hours of an inbox as they are edited: spans of each day, "HH:MM", midnight at the end "24:00". */

import type { Locale } from "../../../shared/locale";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Day = (typeof DAYS)[number];

export type Span = readonly [begin: string, end: string];

export type Weekly = Readonly<Record<Day, readonly Span[]>>;

export interface Hours {
  readonly timezone: string;
  readonly weekly: Weekly;
  /** Whole days, as `2026-03-21`. */
  readonly closed_on: readonly string[];
}

export type Wrong = "empty" | "order" | "overlap";

const OFFICE: Span = ["09:00", "17:00"];

/** The week begins, and rests, where its readers live. */
const FIRST_DAY: Readonly<Record<Locale, Day>> = { en: "mon", fa: "sat", ar: "sun" };
const FREE: Readonly<Record<Locale, readonly Day[]>> = {
  en: ["sat", "sun"],
  fa: ["thu", "fri"],
  ar: ["fri", "sat"],
};

export function daysFor(locale: Locale): readonly Day[] {
  const first = DAYS.indexOf(FIRST_DAY[locale]);
  return [...DAYS.slice(first), ...DAYS.slice(0, first)];
}

/** Office hours, to begin with. */
export function usualHours(locale: Locale, timezone: string): Hours {
  const weekly = weeklyOf((day) => (FREE[locale].includes(day) ? [] : [OFFICE]));
  return { timezone, weekly, closed_on: [] };
}

/** The hours as they are stored, which may leave days out. */
export function readHours(stored: unknown): Hours | null {
  if (typeof stored !== "object" || stored === null) return null;
  const { timezone, weekly, closed_on } = stored as Partial<Hours>;
  return {
    timezone: timezone ?? "UTC",
    weekly: weeklyOf((day) => weekly?.[day] ?? []),
    closed_on: closed_on ?? [],
  };
}

export function withSpans(hours: Hours, day: Day, spans: readonly Span[]): Hours {
  return { ...hours, weekly: { ...hours.weekly, [day]: spans } };
}

/** The hours of this day on every day that has any. */
export function copied(hours: Hours, from: Day): Hours {
  const spans = hours.weekly[from];
  return { ...hours, weekly: weeklyOf((day) => (hours.weekly[day].length > 0 ? spans : [])) };
}

/** After the last of the day, or office hours. */
export function nextSpan(spans: readonly Span[]): Span {
  const end = spans.at(-1)?.[1];
  if (end === undefined || minute(end) >= minute("23:00")) return OFFICE;
  const begin = minute(end) + 60;
  return [text(begin), text(Math.min(begin + 180, 1440))];
}

/** What is wrong with the hours of a day, if anything. */
export function wrongSpans(spans: readonly Span[]): Wrong | null {
  if (spans.some(([begin, end]) => begin === "" || end === "")) return "empty";
  const sorted = spans.map(([begin, end]) => [minute(begin), minute(end)] as const).sort((a, b) => a[0] - b[0]);
  if (sorted.some(([begin, end]) => begin >= end)) return "order";
  return sorted.some(([begin], at) => at > 0 && begin < (sorted[at - 1]?.[1] ?? 0)) ? "overlap" : null;
}

/** A browser's clock knows no 24:00: at the end of a span, midnight is the end of the day. */
export function endOf(typed: string): string {
  return typed === "00:00" ? "24:00" : typed;
}

export function shownEnd(end: string): string {
  return end === "24:00" ? "00:00" : end;
}

function weeklyOf(spans: (day: Day) => readonly Span[]): Weekly {
  return Object.fromEntries(DAYS.map((day) => [day, spans(day)])) as unknown as Weekly;
}

function minute(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function text(minutes: number): string {
  return `${Math.floor(minutes / 60)}`.padStart(2, "0") + ":" + `${minutes % 60}`.padStart(2, "0");
}
