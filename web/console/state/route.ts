/** Where in the console one is, as its address says. */

import { nothing, searchOf, searchParts, type Search } from "./search";
import { BUILT_IN, type View } from "./views";

export type SettingsPage = "queues" | "agents" | "inboxes" | "rules" | "canned" | "tokens" | "preferences" | "account";

export type Route =
  | { readonly place: "desk"; readonly view: View; readonly conversation: string | null }
  | { readonly place: "contacts"; readonly contact: string | null }
  | ({ readonly place: "search" } & Search)
  | { readonly place: "start" }
  | { readonly place: "settings"; readonly page: SettingsPage; readonly item?: string };

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  "queues",
  "agents",
  "inboxes",
  "rules",
  "canned",
  "tokens",
  "preferences",
  "account",
];

const BASE = "/console/";

export const searching: Route = { place: "search", ...nothing };
export const home: Route = { place: "desk", view: { kind: "waiting" }, conversation: null };

export function routeOf(path: string): Route {
  const inner = path.startsWith(BASE) ? path.slice(BASE.length) : "";
  const parts = inner.split("/").filter(Boolean).map(decode);
  if (parts[0] === "settings") return settingsRoute(parts[1], parts[2]);
  if (parts[0] === "contacts") return { place: "contacts", contact: parts[1] ?? null };
  if (parts[0] === "search") return { place: "search", ...searchOf(parts.slice(1)) };
  if (parts[0] === "start") return { place: "start" };
  return deskRoute(parts);
}

export function pathOf(route: Route): string {
  if (route.place === "settings") return `${BASE}settings/${[route.page, route.item].filter(Boolean).join("/")}`;
  if (route.place === "search") return BASE + ["search", ...searchParts(route)].map(encodeURIComponent).join("/");
  if (route.place === "start") return `${BASE}start`;
  if (route.place === "contacts") return `${BASE}contacts${route.contact === null ? "" : `/${encodeURIComponent(route.contact)}`}`;
  const { view, conversation } = route;
  const parts: string[] = "id" in view ? [view.kind, view.id] : [view.kind];
  if (conversation !== null) parts.push(conversation);
  return BASE + parts.map(encodeURIComponent).join("/");
}

function settingsRoute(page: string | undefined, item: string | undefined): Route {
  const known = SETTINGS_PAGES.find((name) => name === page);
  return { place: "settings", page: known ?? "account", ...(known && item && { item }) };
}

function deskRoute([kind, first, second]: readonly string[]): Route {
  if ((kind === "queue" || kind === "channel" || kind === "saved") && first !== undefined) {
    return { place: "desk", view: { kind, id: first }, conversation: second ?? null };
  }
  const known = BUILT_IN.find((name) => name === kind);
  if (known === undefined) return home;
  return { place: "desk", view: { kind: known }, conversation: first ?? null };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
