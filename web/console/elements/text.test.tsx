// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { consoleAt } from "../testing/console";
import { draw } from "../testing/draw";
import { Text } from "./text";

function drawn(text: string): HTMLElement {
  return draw(consoleAt("/console/"), <Text text={text} />);
}

test("each line finds its own direction", () => {
  const lines = [...drawn("سلام\nhello").querySelectorAll("p")];
  expect(lines.map((line) => [line.dir, line.textContent])).toEqual([
    ["auto", "سلام"],
    ["auto", "hello"],
  ]);
});

test("a date keeps its order among words from right to left", () => {
  const [date] = drawn("زمان تحویل: 2026-12-08").querySelectorAll("bdi");
  expect([date?.textContent, date?.dir]).toEqual(["2026-12-08", "ltr"]);
});

test("what people wrote is never read as markup", () => {
  const place = drawn('<img src=x onerror="alert(1)"> <b>x</b>');
  expect(place.querySelector("img, b")).toBeNull();
  expect(place.textContent).toBe('<img src=x onerror="alert(1)"> <b>x</b>');
});

test("a web address is a link that tells the other site nothing, a script is no link", () => {
  const links = [...drawn("see https://a.example/b and javascript:alert(1)").querySelectorAll("a")];
  expect(links.map(({ href, rel }) => [href, rel])).toEqual([["https://a.example/b", "noopener noreferrer nofollow"]]);
});
