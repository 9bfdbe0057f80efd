/** All that can be done from where one is, as commands. */

import { LOCALE_NAMES, LOCALES } from "../../shared/locale";
import type { App } from "../app";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Me } from "../api/shapes";
import { claimNext } from "../desk/sidebar";
import { PRESENCES } from "../desk/me";
import { sayOr, words, type Key, type Say } from "../locales/words";
import { settingsPagesFor } from "../settings/pages";
import type { Command } from "../state/commands";
import { THEMES } from "../state/preferences";
import type { Route } from "../state/route";
import type { State } from "../state/state";
import { BUILT_IN, type View } from "../state/views";
import { verbCommands, type VerbHooks } from "./verb-commands";

export interface CommandHooks extends VerbHooks {
  readonly sheet: () => void;
}

const ENGLISH = words("en");

export function useCommands(hooks: CommandHooks): readonly Command[] {
  const app = useApp();
  const { t } = useWords();
  const state = useSelect((whole) => whole);
  if (state.me === null) return [];
  return [
    ...verbCommands(app, state, t, hooks),
    ...places(app, state, state.me, t),
    ...own(app, state.me, t, hooks),
  ];
}

function places(app: App, state: State, me: Me, t: Say): Command[] {
  const go = (id: string, title: string, icon: Command["icon"], to: Route, also = ""): Command => ({
    id: `go/${id}`,
    group: "go",
    title,
    also,
    icon,
    run: () => app.go(to),
  });
  const view = (of: View): Route => ({ place: "desk", view: of, conversation: null });
  return [
    ...BUILT_IN.map((kind) => go(kind, t(`view.${kind}`), kind === "snoozed" ? "snooze" : kind, view({ kind }), ENGLISH(`view.${kind}`))),
    ...state.queues.map(({ id, name }) => go(`queue/${id}`, t("command.queue", { name }), "queue", view({ kind: "queue", id }), "queue")),
    go("contacts", t("contacts"), "contacts", { place: "contacts", contact: null }, "contacts"),
    ...settingsPagesFor(me.role).map(({ page, icon }) =>
      go(`settings/${page}`, t("command.settings", { name: sayOr(t, "settings", page) }), icon, { place: "settings", page }, `settings ${sayOr(ENGLISH, "settings", page)}`),
    ),
    ...(me.role === "admin" ? [go("start", t("start"), "start", { place: "start" }, "first steps")] : []),
  ];
}

function own(app: App, me: Me, t: Say, hooks: CommandHooks): Command[] {
  const make = (id: string, title: string, icon: Command["icon"], also: string, run: () => void, shortcut?: string): Command => ({
    id: `own/${id}`,
    group: "own",
    title,
    also,
    icon,
    run,
    ...(shortcut && { shortcut }),
  });
  const both = (key: Key, name: Key): [string, string] => [t(key, { name: t(name) }), ENGLISH(key, { name: ENGLISH(name) })];
  return [
    make("next", t("claim.next"), "claim", "claim next", () => void claimNext(app), "C"),
    ...PRESENCES.filter((one) => one !== me.presence).map((one) => {
      const [title, also] = both("command.presence", `presence.${one}`);
      return make(`presence/${one}`, title, "mine", also, () => void app.session.setPresence(one));
    }),
    ...THEMES.map((theme) => {
      const [title, also] = both("command.theme", `theme.${theme}`);
      return make(`theme/${theme}`, title, "theme", also, () => app.session.prefer({ theme }));
    }),
    ...LOCALES.map((language) =>
      make(`language/${language}`, t("command.language", { name: LOCALE_NAMES[language] }), "globe", `language ${language} ${LANGUAGES[language]}`, () => app.session.prefer({ language })),
    ),
    make("sheet", t("shortcuts"), "keyboard", "keyboard shortcuts", hooks.sheet, "?"),
    make("out", t("signOut"), "exit", "sign out", () => void app.session.signOut()),
  ];
}

const LANGUAGES = { en: "English", fa: "Persian Farsi", ar: "Arabic" } as const;
