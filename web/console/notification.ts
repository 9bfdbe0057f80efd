/** The browser's own notifications: whether they may be shown, and showing them. */

import type { Call } from "./actions/alerts";

export type Permission = "yes" | "no" | "unasked" | "impossible";

export function permission(): Permission {
  if (!("Notification" in window) || !isSecureContext) return "impossible";
  if (Notification.permission === "default") return "unasked";
  return Notification.permission === "granted" ? "yes" : "no";
}

export async function askPermission(): Promise<Permission> {
  if (permission() === "unasked") await Notification.requestPermission();
  return permission();
}

export function notify(call: Call): void {
  if (permission() !== "yes") return;
  const shown = create(call);
  if (shown === null) return;
  shown.onclick = () => {
    window.focus();
    shown.close();
    call.follow();
  };
}

/** Some phones refuse notifications of a page by raising; they have the sound. */
function create({ title, text, language, about }: Call): Notification | null {
  try {
    return new Notification(title, { body: text, lang: language, dir: "auto", tag: about, icon: "/console/icon.svg" });
  } catch {
    return null;
  }
}
