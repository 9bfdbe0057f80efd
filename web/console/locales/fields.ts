/** What is wrong with a field, in the console's language where the server's code is known. */

import type { FieldError } from "../api/problem";
import type { Key, Say } from "./words";

export function wordsForField({ code, limits, message }: FieldError, t: Say): string {
  const limited = LIMITED[code];
  if (limited !== undefined) {
    const count = limits[limited.by];
    if (count === 1 && code === "string_too_short") return t("invalid.missing");
    if (count !== undefined) return t(limited.says, { count });
  }
  const key = PLAIN[code];
  return key === undefined ? message : t(key);
}

const LIMITED: Readonly<Record<string, { readonly says: Key; readonly by: string }>> = {
  string_too_short: { says: "invalid.too_short", by: "min_length" },
  string_too_long: { says: "invalid.too_long", by: "max_length" },
  greater_than_equal: { says: "invalid.too_small", by: "ge" },
  less_than_equal: { says: "invalid.too_large", by: "le" },
};

const PLAIN: Readonly<Record<string, Key>> = {
  missing: "invalid.missing",
  int_type: "invalid.number",
  int_from_float: "invalid.number",
  email: "invalid.email",
  taken: "invalid.taken",
  string_pattern_mismatch: "invalid.word",
  unknown_place: "invalid.unknown_place",
  gone_on: "invalid.gone_on",
  wrong_password: "invalid.wrong_password",
  last_admin: "invalid.last_admin",
  default_queue: "invalid.default_queue",
};
