/**
 * Formatting that every channel carries: plain text. What is pasted from a page keeps what plain
 * text can say: lines, lists, and where its links lead.
 */

import { safeHref } from "../../shared/links";

const BLOCKS: ReadonlySet<string> = new Set([
  "ADDRESS", "ARTICLE", "BLOCKQUOTE", "DIV", "DL", "DT", "DD", "FIGURE", "H1", "H2", "H3", "H4", "H5", "H6",
  "HR", "OL", "P", "PRE", "SECTION", "TABLE", "TR", "UL",
]);
const SILENT: ReadonlySet<string> = new Set(["SCRIPT", "STYLE", "TEMPLATE", "TITLE", "HEAD", "META"]);

/** True if the browser's own plain text would lose something. */
export function isWorthReading(html: string): boolean {
  return /<(?:a\s|li[\s>])/i.test(html);
}

export function plainOf(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  return textOf(page.body)
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function textOf(node: Node): string {
  if (node.nodeType === 3) return (node.textContent ?? "").replace(/\s+/g, " ");
  if (node.nodeType !== 1) return "";
  const element = node as Element;
  const { tagName } = element;
  if (SILENT.has(tagName)) return "";
  if (tagName === "BR") return "\n";
  const inner = [...element.childNodes].map(textOf).join("");
  if (tagName === "LI") return `\n${markOf(element)} ${inner.trim()}`;
  if (tagName === "A") return withAddress(inner, element.getAttribute("href") ?? "");
  if (tagName === "TD" || tagName === "TH") return `${inner.trim()} `;
  return BLOCKS.has(tagName) ? `\n${inner.trim()}\n` : inner;
}

function markOf(item: Element): string {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "-";
  return `${[...list.children].indexOf(item) + 1}.`;
}

/** "our shop (https://shop.example)": the words alone would lead nowhere. */
function withAddress(words: string, address: string): string {
  const href = /^(?:https?|mailto):/i.test(address) ? safeHref(address) : null;
  if (href === null) return words;
  const bare = address.replace(/^mailto:/i, "");
  const said = words.trim();
  if (said === "") return bare;
  return short(said) === short(bare) || said.includes(bare) ? words : `${words} (${bare})`;
}

function short(address: string): string {
  return address.replace(/^https?:\/\//i, "").replace(/\/$/, "");
}
