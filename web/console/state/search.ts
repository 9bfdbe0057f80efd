/** What is searched for, as an address can carry it. */

export const HIT_KINDS = ["message", "note", "contact", "conversation"] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export interface SearchFilters {
  readonly kind?: HitKind;
  readonly channel?: string;
  readonly inbox?: string;
  /** customer, bot, agent, or an agent's id. */
  readonly author?: string;
  /** Days, as `2026-11-21`: the first and the last that count. */
  readonly from?: string;
  readonly to?: string;
}

export interface Search {
  readonly q: string;
  readonly filters: SearchFilters;
}

export const nothing: Search = { q: "", filters: {} };

const NAMES = ["kind", "channel", "inbox", "author", "from", "to"] as const;

/** The parts of an address behind `search/`. */
export function searchParts({ q, filters }: Search): string[] {
  const search = new URLSearchParams();
  for (const name of NAMES) if (filters[name]) search.set(name, filters[name]);
  const text = search.toString();
  if (text === "") return q === "" ? [] : [q];
  return [q === "" ? "*" : q, text];
}

export function searchOf([q = "", text = ""]: readonly string[]): Search {
  const search = new URLSearchParams(text);
  const entries = NAMES.map((name) => [name, search.get(name)] as const).filter(([name, value]) => isGood(name, value));
  return { q: q === "*" ? "" : q, filters: Object.fromEntries(entries) as SearchFilters };
}

/** The same with this filter set to that; an empty one is taken away. */
export function filtered(search: Search, name: keyof SearchFilters, value: string): Search {
  const { [name]: _, ...rest } = search.filters;
  return { ...search, filters: value === "" ? rest : { ...rest, [name]: value } };
}

/** What the server is asked: days begin and end where the agent is. */
export function queryOf({ q, filters }: Search): Readonly<Record<string, string | undefined>> {
  const { from, to, ...rest } = filters;
  return { q: q.trim(), ...rest, from: startOf(from, 0), to: startOf(to, 1) };
}

/** Nothing is asked before there is something to look for. */
export function isAsking({ q }: Search): boolean {
  return /[\p{L}\p{N}]/u.test(q);
}

function startOf(day: string | undefined, daysLater: number): string | undefined {
  if (day === undefined) return undefined;
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year!, month! - 1, date! + daysLater).toISOString();
}

function isGood(name: (typeof NAMES)[number], value: string | null): boolean {
  if (value === null || value === "") return false;
  if (name === "kind") return (HIT_KINDS as readonly string[]).includes(value);
  if (name === "from" || name === "to") return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return true;
}
