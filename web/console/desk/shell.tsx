/** The whole screen: who one is decides between signing in and the desk. */

import { useEffect, useState } from "preact/hooks";
import { direction } from "../../shared/locale";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { useApp, useSelect, useWords } from "../elements/use";
import { CommandBar } from "../commands/bar";
import { ContactsScreen } from "../contacts/screen";
import { SearchScreen } from "../search/screen";
import { SettingsScreen } from "../settings/screen";
import { StartScreen } from "../start/screen";
import type { Route } from "../state/route";
import { Banner } from "./banner";
import { Conversation } from "./conversation";
import { useKeyboard } from "./keyboard";
import { List } from "./list";
import { NoticeList } from "./notices";
import { Sidebar } from "./sidebar";
import { SignIn } from "./sign-in";
import { ShortcutSheet } from "./shortcut-sheet";
import { useTitle } from "./use-title";
import type { AskingVerb } from "./verb-dialogs";

export function Shell() {
  const app = useApp();
  const { t } = useWords();
  const session = useSelect((state) => state.session);
  usePage();
  switch (session.phase) {
    case "checking":
      return <p class="loading loading--page">{t("loading")}</p>;
    case "unreachable":
      return (
        <Empty icon="offline" title={t("failure.connection")}>
          <Button look="primary" onPress={() => void app.session.check()}>
            {t("retry")}
          </Button>
        </Empty>
      );
    case "signed_out":
      return <SignIn />;
    case "signed_in":
      return <Desk />;
  }
}

function Desk() {
  const { t } = useWords();
  const route = useSelect((state) => state.route);
  const details = useSelect((state) => state.preferences.details);
  const [asking, setAsking] = useState<AskingVerb | null>(null);
  const [sheet, setSheet] = useState(false);
  const [menu, setMenu] = useState(false);
  const [command, setCommand] = useState(false);
  const hooks = { ask: setAsking, sheet: () => setSheet(true), command: () => setCommand(true) };
  useKeyboard(hooks);
  useTitle();
  const opened = route.place !== "desk" || route.conversation !== null;
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Banner />
      <div
        class={["desk", `desk--${route.place === "desk" ? "desk" : "settings"}`, opened && "desk--opened", menu && "desk--menu", details && "desk--details"]
          .filter(Boolean)
          .join(" ")}
      >
        <Sidebar onFollow={() => setMenu(false)} onSheet={hooks.sheet} onCommand={hooks.command} />
        {menu && <button type="button" class="veil" aria-label={t("close")} onClick={() => setMenu(false)} />}
        <Place
          route={route}
          asking={asking}
          onAsk={setAsking}
          onAnswered={(verb) => setAsking((now) => (now === verb ? null : now))}
          onMenu={() => setMenu(true)}
        />
      </div>
      <NoticeList />
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      {command && <CommandBar hooks={hooks} onClose={() => setCommand(false)} />}
    </>
  );
}

function Place(props: {
  readonly route: Route;
  readonly asking: AskingVerb | null;
  readonly onAsk: (verb: AskingVerb) => void;
  /** A dialog may tell of its end when the next one stands already. */
  readonly onAnswered: (verb: AskingVerb) => void;
  readonly onMenu: () => void;
}) {
  const { t } = useWords();
  const { route } = props;
  if (route.place === "settings") return <SettingsScreen page={route.page} item={route.item} onMenu={props.onMenu} />;
  if (route.place === "contacts") return <ContactsScreen contact={route.contact} onMenu={props.onMenu} />;
  if (route.place === "search") return <SearchScreen search={route} onMenu={props.onMenu} />;
  if (route.place === "start") return <StartScreen onMenu={props.onMenu} />;
  const { view, conversation } = route;
  const { asking, onAsk, onAnswered } = props;
  const asks = { asking, onAsk, onAnswered };
  return (
    <>
      <List view={view} current={conversation} onMenu={props.onMenu} />
      {conversation === null ? (
        <main class="main" id="main" tabIndex={-1}>
          <Empty icon="chat" title={t("choose")} text={t("choose.text")} />
        </main>
      ) : (
        <Conversation key={conversation} id={conversation} view={view} {...asks} />
      )}
    </>
  );
}

/** The page follows the chosen language, direction and theme. */
function usePage(): void {
  const { locale } = useWords();
  const theme = useSelect((state) => state.preferences.theme);
  useEffect(() => {
    const page = document.documentElement;
    page.lang = locale;
    page.dir = direction(locale);
    page.dataset["theme"] = theme;
  }, [locale, theme]);
}
