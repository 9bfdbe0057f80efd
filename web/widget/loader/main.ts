import { Launcher } from "./launcher";
import { readTag } from "./tag";

/** The first thing on the page: it must be small, and harm nothing if it runs twice. */
const tag = document.currentScript;

if (tag instanceof HTMLScriptElement && !window.Peyk) {
  const launcher = new Launcher(readTag(tag));
  window.Peyk = {
    open: () => void launcher.open(true),
    close: () => launcher.close(),
  };
  if (document.body) launcher.appear();
  else document.addEventListener("DOMContentLoaded", () => launcher.appear());
}
