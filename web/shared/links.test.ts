import { describe, expect, test } from "vitest";
import { safeHref, splitLinks } from "./links";

function links(text: string): string[] {
  return splitLinks(text).flatMap((part) => (part.href === null ? [] : [part.href]));
}

describe("links in what people write", () => {
  test("web addresses and mail addresses can be followed", () => {
    expect(links("see https://a.example/b?c=1#d and www.b.example or mail me@c.example")).toEqual([
      "https://a.example/b?c=1#d",
      "https://www.b.example/",
      "mailto:me@c.example",
    ]);
  });

  test("nothing is lost or changed in the text", () => {
    const text = "سلام، https://a.example/سفارش. (see http://b.example/x_(y)) <b>hi</b>";
    expect(splitLinks(text).map((part) => part.text).join("")).toBe(text);
  });

  test("script, data and file addresses stay plain text", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"]) {
      expect(links(text)).toEqual([]);
      expect(safeHref(text)).toBeNull();
    }
  });

  test("the punctuation after a link is not part of it", () => {
    expect(links("(http://a.example/x), http://b.example/y_(z)؟")).toEqual([
      "http://a.example/x",
      "http://b.example/y_(z)",
    ]);
  });

  test("a bidi mark ends a link, so that it cannot disguise an address", () => {
    expect(links("http://a.example/\u202egpj.exe")).toEqual(["http://a.example/"]);
  });

  test("order numbers and dates are kept whole", () => {
    const parts = splitLinks("سفارش PK-1001 تا 2026-12-03 (x-ray) https://a.example/PK-1002");
    expect(parts.filter((part) => part.isCode).map((part) => part.text)).toEqual(["PK-1001", "2026-12-03"]);
  });

  test("long texts without links are read in a moment", () => {
    const started = performance.now();
    for (const text of ["a".repeat(10_000), "a.".repeat(5_000), "a-".repeat(5_000), "1-".repeat(5_000), `www.${")".repeat(9_990)}`]) {
      splitLinks(text);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});
