import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LOCALES } from "../shared/locale";
import { TEXTS } from "./texts";

const page = readFileSync(new URL("index.html", import.meta.url), "utf8");

describe.each(LOCALES)("the shop in %s", (locale) => {
  test("has every text and none is empty", () => {
    expect(Object.keys(TEXTS[locale]).sort()).toEqual(Object.keys(TEXTS.en).sort());
    expect(Object.values(TEXTS[locale]).filter((text) => String(text).trim() === "")).toEqual([]);
  });

  test("has a text for every place on the page", () => {
    const places = [...page.matchAll(/data-t="(\w+)"/g)].map((match) => match[1]);
    expect(places.length).toBeGreaterThan(30);
    expect(places.filter((place) => !Object.hasOwn(TEXTS[locale], place ?? ""))).toEqual([]);
  });
});

test("nothing on the page needs inline styles or scripts", () => {
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test("the widget is one script tag", () => {
  const tags = page.replace(" vite-ignore", "").match(/<script[^>]*widget\.js[^>]*>/g);
  expect(tags).toEqual(['<script src="/widget.js" data-inbox="demo" async>']);
});
