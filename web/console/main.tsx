/** The console in a browser. */

import { render } from "preact";
import { createApp } from "./app";
import { newKey } from "./api/key";
import { AppContext } from "./elements/use";
import { Shell } from "./desk/shell";
import { notify } from "./notification";
import { allowSound, play } from "./sound";

const app = createApp({
  fetch: (...request) => fetch(...request),
  connect: () => new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/v1/socket`),
  storage: localStorage,
  languages: navigator.languages,
  path: () => location.pathname,
  go: (path, replace) => (replace ? history.replaceState(null, "", path) : history.pushState(null, "", path)),
  now: () => Date.now(),
  random: () => Math.random(),
  newKey,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  play,
  notify,
  isAttentive: () => document.visibilityState === "visible" && document.hasFocus(),
});

addEventListener("pagehide", app.leaving);
document.addEventListener("visibilitychange", () => app.looking(document.visibilityState === "visible"));
addEventListener("popstate", app.arrived);
addEventListener("online", () => app.live.retryNow());
addEventListener("offline", () => app.live.interrupt());
addEventListener("pointerdown", allowSound);
addEventListener("keydown", allowSound);

render(
  <AppContext.Provider value={app}>
    <Shell />
  </AppContext.Provider>,
  document.getElementById("console")!,
);
void app.session.check();
