import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const ENGLISH = fileURLToPath(new URL("./locales/en.ts", import.meta.url));

/** A call of `t` with its arguments; one pair of parentheses may stand among them. */
const CALLS = /\bt\((?:[^()]|\([^()]*\))*\)/g;

/** The keys of the texts are for people; visitors fetch a number instead. */
export function withShortWords(): Plugin {
  const numbers = new Map(keys().map((key, at) => [key, `_${at.toString(36)}`]));
  const inCalls = (code: string): string =>
    code.replace(CALLS, (call) =>
      call.replace(/"([a-z_]+)"/g, (text, key: string) => (numbers.has(key) ? `"${numbers.get(key)}"` : text)),
    );
  const inCatalogue = (code: string): string =>
    code.replace(/^ {2}([a-z_]+):/gm, (start, key: string) => (numbers.has(key) ? `  ${numbers.get(key)}:` : start));
  return {
    name: "with-short-words",
    enforce: "pre",
    transform(code, id) {
      if (/\/widget\/locales\/(?:en|fa|ar)\.ts$/.test(id)) return inCatalogue(code);
      if (!/\/widget\/.*\.tsx?$/.test(id)) return null;
      const shortened = inCalls(code);
      const missed = [...numbers.keys()].find((key) => key.includes("_") && shortened.includes(`"${key}"`));
      if (missed) this.error(`${id} names the text ${missed} outside of a call of t, or too deep in one.`);
      return shortened;
    },
  };
}

/** All but those that are put together when they are looked up. */
function keys(): readonly string[] {
  const found = readFileSync(ENGLISH, "utf8").matchAll(/^ {2}([a-z_]+):/gm);
  return [...found].map(([, key = ""]) => key).filter((key) => !key.startsWith("mark_"));
}
