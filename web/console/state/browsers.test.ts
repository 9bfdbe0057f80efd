import { expect, test } from "vitest";
import { browserOf } from "./browsers";

test("a browser is named as people would", () => {
  const edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156 Safari/537.36 Edg/156";
  expect(browserOf(edge)).toBe("Edge, Windows");
  expect(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604")).toBe("Safari, iOS");
  expect(browserOf("curl/8")).toBeNull();
});
