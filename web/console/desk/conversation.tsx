/** The middle: one conversation, what may be done with it, what was said, what to say. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Conversation as Summary } from "../api/shapes";
import type { Opened } from "../state/state";
import type { View } from "../state/views";
import { Composer } from "./composer";
import { Details } from "./details";
import { Head } from "./head";
import { Transcript } from "./transcript";
import { VerbDialog, type AskingVerb } from "./verb-dialogs";

export interface ConversationProps {
  readonly id: string;
  readonly view: View;
  readonly asking: AskingVerb | null;
  readonly onAsk: (verb: AskingVerb) => void;
  readonly onAnswered: (verb: AskingVerb) => void;
}

export function Conversation({ id, view, asking, onAsk, onAnswered }: ConversationProps) {
  const app = useApp();
  const { t } = useWords();
  const conversation = useSelect((state) => state.known.get(id));
  const opened = useSelect((state) => state.opened.get(id));
  const details = useSelect((state) => state.preferences.details);
  const [sheet, setSheet] = useState(false);

  if (opened?.phase === "missing") return <Missing view={view} />;
  if (conversation === undefined || opened === undefined) {
    return (
      <main class="main" id="main" tabIndex={-1}>
        {opened?.phase === "failed" ? <Failed id={id} /> : <p class="loading">{t("loading")}</p>}
      </main>
    );
  }
  const toggle = (): void => {
    if (matchMedia("(min-width: 1180px)").matches) app.session.prefer({ details: !details });
    else setSheet(!sheet);
  };
  return (
    <>
      <main class="main" id="main" tabIndex={-1}>
        <Head conversation={conversation} view={view} onAsk={onAsk} onDetails={toggle} />
        <Body conversation={conversation} opened={opened} />
        <Composer key={id} conversation={conversation} />
      </main>
      <Details
        conversation={conversation}
        opened={opened}
        view={view}
        shown={details}
        sheet={sheet}
        onClose={() => (sheet ? setSheet(false) : app.session.prefer({ details: false }))}
      />
      {asking !== null && (
        <VerbDialog verb={asking} conversation={conversation} onClose={() => onAnswered(asking)} />
      )}
    </>
  );
}

function Body({ conversation, opened }: { readonly conversation: Summary; readonly opened: Opened }) {
  const { t } = useWords();
  if (opened.phase === "failed") return <Failed id={conversation.id} />;
  if (opened.phase === "loading") return <p class="loading">{t("loading")}</p>;
  return <Transcript key={conversation.id} conversation={conversation} opened={opened} />;
}

function Failed({ id }: { readonly id: string }) {
  const app = useApp();
  const { t } = useWords();
  return (
    <Empty icon="warning" title={t("conversation.failed")}>
      <Button onPress={() => void app.conversations.open(id)}>{t("retry")}</Button>
    </Empty>
  );
}

function Missing({ view }: { readonly view: View }) {
  const app = useApp();
  const { t } = useWords();
  return (
    <main class="main" id="main" tabIndex={-1}>
      <Empty icon="warning" title={t("conversation.missing")} text={t("conversation.missing.text")}>
        <Button onPress={() => app.go({ place: "desk", view, conversation: null })}>{t("back")}</Button>
      </Empty>
    </main>
  );
}
