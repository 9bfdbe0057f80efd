/** A page of settings within the console's frame. */

import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { useSelect, useWords } from "../elements/use";
import type { SettingsPage } from "../state/route";
import { Account } from "./account";
import { Agents } from "./agents";
import { Canned } from "./canned";
import { InboxPage } from "./inbox/page";
import { Inboxes } from "./inboxes";
import { settingsPagesFor } from "./pages";
import { PreferencesPage } from "./preferences";
import { Queues } from "./queues";
import { Rules } from "./rules";
import { Tokens } from "./tokens";

interface ScreenProps {
  readonly page: SettingsPage;
  /** One thing of the page, where it has a page of its own. */
  readonly item: string | undefined;
  readonly onMenu: () => void;
}

export function SettingsScreen({ page, item, onMenu }: ScreenProps) {
  const { t } = useWords();
  const role = useSelect((state) => state.me?.role ?? "agent");
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.scrollTo(0, 0), [page, item]);
  const allowed = settingsPagesFor(role).some((entry) => entry.page === page);
  return (
    <main class="settings" id="main" tabIndex={-1} ref={main}>
      <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
      {allowed ? <Page page={page} item={item} /> : <Empty icon="shield" title={t("failure.forbidden")} />}
    </main>
  );
}

function Page({ page, item }: Pick<ScreenProps, "page" | "item">) {
  switch (page) {
    case "queues":
      return <Queues />;
    case "agents":
      return <Agents />;
    case "inboxes":
      return item === undefined ? <Inboxes /> : <InboxPage id={item} />;
    case "rules":
      return <Rules />;
    case "canned":
      return <Canned />;
    case "tokens":
      return <Tokens />;
    case "preferences":
      return <PreferencesPage />;
    case "account":
      return <Account />;
  }
}

/** The head of a page: what it is for, in a line, and what can be added. */
export function PageHead(props: { readonly title: string; readonly text: string; readonly children?: ComponentChildren }) {
  return (
    <header class="settings__head">
      <div>
        <h1>{props.title}</h1>
        <p class="muted">{props.text}</p>
      </div>
      {props.children}
    </header>
  );
}
