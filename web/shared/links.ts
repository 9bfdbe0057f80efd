/** A stretch of a text that people wrote: plain, or safe to follow, or a code. */
export interface Part {
  readonly text: string;
  readonly href: string | null;
  /** An order number or a date such as 2026-12-03: right-to-left text would turn it round. */
  readonly isCode: boolean;
}

const CANDIDATE =
  /\b(?:https?:\/\/|www\.|mailto:)[^\s<>"'`{}|\\^\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

const CODE = /(\b[A-Za-z\d]{1,20}(?:-[A-Za-z\d]{1,20}){0,4}-\d{1,20}\b)/;

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** Finds links in a text. Only http, https and mailto become links; all else stays text. */
export function splitLinks(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = withoutTrailingMarks(match[0]);
    const href = safeHref(link);
    if (href === null) continue;
    parts.push(...splitCodes(text.slice(end, match.index)), { text: link, href, isCode: false });
    end = match.index + link.length;
  }
  return [...parts, ...splitCodes(text.slice(end))];
}

function splitCodes(text: string): readonly Part[] {
  return text
    .split(CODE)
    .map((part, at) => ({ text: part, href: null, isCode: at % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** The address to follow, or null when it is none, or not one of the safe kinds. */
export function safeHref(link: string, base?: string): string | null {
  try {
    const url = new URL(withScheme(link), base);
    return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function withScheme(link: string): string {
  if (/^www\./i.test(link)) return `https://${link}`;
  return /^[\w.+-]+@[\w.-]+$/.test(link) ? `mailto:${link}` : link;
}

/** "See https://a.example/b." ends with a full stop that is not part of the address. */
function withoutTrailingMarks(link: string): string {
  const trimmed = link.replace(/[.,;:!?،؛؟…»]{1,9}$/u, "");
  let extra = count(trimmed, ")") - count(trimmed, "(");
  let end = trimmed.length;
  while (extra-- > 0 && trimmed[end - 1] === ")") end--;
  return trimmed.slice(0, end);
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
