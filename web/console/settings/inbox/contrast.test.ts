import { describe, expect, test } from "vitest";
import { nearest, verdicts } from "./contrast";

const failing = (accent: string): string[] =>
  verdicts(accent)
    .filter((one) => !one.passes)
    .map((one) => one.part);

describe("whether an inbox's colour can be seen", () => {
  test("the colour that Peyk begins with passes everywhere", () => {
    expect(failing("#0f766e")).toEqual([]);
    expect(nearest("#0f766e")).toBeNull();
  });

  test("a bright yellow is lost on white, a night blue in the dark", () => {
    expect(failing("#ffe600")).toEqual(["light"]);
    expect(failing("#0a1f44")).toEqual(["dark"]);
  });

  test("text on the colour can always be read", () => {
    for (const accent of ["#000000", "#777777", "#808080", "#ffffff", "#ff0000"]) {
      expect(failing(accent)).not.toContain("text");
    }
  });

  test.each(["#ffe600", "#0a1f44", "#ffffff", "#000000", "#f0f0ff"])("near %s there is one that passes", (accent) => {
    const found = nearest(accent);
    expect(found && failing(found)).toEqual([]);
    expect(found).not.toBe(accent);
  });
});
