import type { Panel } from "../options";
import { Page } from "./page";
import { readTag } from "./tag";

/** The first thing on the page: it must be small, and harm nothing if it runs twice. */
const tag = document.currentScript;
const waiting = window.Peyk ?? [];

if (tag instanceof HTMLScriptElement && Array.isArray(waiting)) {
  const said = readTag(tag);
  const page = new Page(said, async (host, options): Promise<Panel> => {
    const address = new URL(`widget/${__PANEL__}`, said.base).href;
    return (await import(/* @vite-ignore */ address)).mount(host, options);
  });
  window.Peyk = page;
  page.push(...waiting);
  // A page that kept the array goes on to be heard.
  waiting.push = (...calls) => (page.push(...calls), 0);
  if (document.body) void page.begin();
  else document.addEventListener("DOMContentLoaded", () => void page.begin());
}
