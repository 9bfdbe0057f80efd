/** The pages of settings, and who may see each. The server decides; this only spares dead ends. */

import type { Role } from "../api/shapes";
import type { IconName } from "../elements/icon";
import type { SettingsPage } from "../state/route";

interface PageEntry {
  readonly page: SettingsPage;
  readonly icon: IconName;
  readonly roles: readonly Role[];
}

const EVERYONE: readonly Role[] = ["agent", "supervisor", "admin"];
const LEADS: readonly Role[] = ["supervisor", "admin"];

const PAGES: readonly PageEntry[] = [
  { page: "queues", icon: "queue", roles: LEADS },
  { page: "agents", icon: "agents", roles: LEADS },
  { page: "inboxes", icon: "inbox", roles: ["admin"] },
  { page: "rules", icon: "rules", roles: ["admin"] },
  { page: "canned", icon: "canned", roles: LEADS },
  { page: "tokens", icon: "token", roles: EVERYONE },
  { page: "preferences", icon: "tune", roles: EVERYONE },
  { page: "account", icon: "account", roles: EVERYONE },
];

export function settingsPagesFor(role: Role): readonly PageEntry[] {
  return PAGES.filter((entry) => entry.roles.includes(role));
}
