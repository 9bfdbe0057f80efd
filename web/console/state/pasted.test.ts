// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { isWorthReading, plainOf } from "./pasted";

test("lists keep their marks, paragraphs their lines", () => {
  const html = "<p>To  do:</p><ul><li>one</li><li>two <b>bold</b></li></ul><ol><li>a</li><li>b</li></ol><p>Bye</p>";
  expect(plainOf(html)).toBe("To do:\n\n- one\n- two bold\n\n1. a\n2. b\n\nBye");
});

test("a link says where it leads, unless its words do already", () => {
  expect(plainOf('See <a href="https://a.example/b">our page</a>.')).toBe("See our page (https://a.example/b).");
  expect(plainOf('<a href="https://a.example/b">https://a.example/b</a>')).toBe("https://a.example/b");
  expect(plainOf('<a href="mailto:me@a.example">me</a>')).toBe("me (me@a.example)");
});

test("what could run is neither run nor said", () => {
  expect(plainOf('<script>alert(1)</script><style>p{}</style><a href="javascript:alert(1)">x</a>')).toBe("x");
});

test("plain words are left to the browser", () => {
  expect(isWorthReading("<p>just <b>words</b></p>")).toBe(false);
  expect(isWorthReading('<a href="x">link</a>')).toBe(true);
});
