import { describe, expect, test } from "vitest";
import { contrast, grounds, mix, TEXT_CONTRAST, theme } from "./colour";

const COLOURS = ["#000000", "#ffffff", "#777777", "#ffe600", "#0a1f44", "#ff0000", "#00ff00", "#0000ff", "#0f766e"];

/** Every colour of a coarse cube, so that no corner is forgotten. */
const CUBE = [0, 51, 102, 153, 204, 255].flatMap((red) =>
  [0, 51, 102, 153, 204, 255].flatMap((green) =>
    [0, 51, 102, 153, 204, 255].map(
      (blue) => `#${[red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("")}`,
    ),
  ),
);

describe("contrast", () => {
  test("is that of WCAG", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
    expect(contrast("#123456", "#123456")).toBe(1);
  });

  test("a mixture lies between its parts", () => {
    expect(mix("#ffffff", "#000000", 0.5)).toBe("#808080");
    expect(mix("#ff0000", "#0000ff", 1)).toBe("#ff0000");
    expect(mix("#ff0000", "#0000ff", 0)).toBe("#0000ff");
  });
});

describe("a theme from one colour", () => {
  test.each([...COLOURS, ...CUBE])("text can be read wherever %s is used", (accent) => {
    const made = theme(accent);
    expect(contrast(made.on, made.accent)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    expect(contrast(made.on, made.strong)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    for (const ground of grounds(accent, "light")) {
      expect(contrast(made.linkLight, ground)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
    for (const ground of grounds(accent, "dark")) {
      expect(contrast(made.linkDark, ground)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
  });

  test("the inbox's colour stays as it was chosen", () => {
    for (const accent of COLOURS) expect(theme(accent).accent).toBe(accent);
  });

  test("a colour that is read well is its own link", () => {
    expect(theme("#0a1f44").linkLight).toBe("#0a1f44");
    expect(theme("#ffe600").linkDark).toBe("#ffe600");
  });
});
