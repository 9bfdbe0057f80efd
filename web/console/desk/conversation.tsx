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
import { DropZone } from "./drop-zone";
import type { Before } from "./earlier";
import { Head } from "./head";
import { Transcript } from "./transcript";
import { useContact, useEarlier } from "./use-contact";
import { VerbDialog, type AskingVerb } from "./verb-dialogs";

export interface ConversationProps {
  readonly id: string;
  readonly view: View;
  readonly asking: AskingVerb | null;
  readonly onAsk: (verb: AskingVerb) => void;
  readonly onAnswered: (verb: AskingVerb) => void;
}

export function Conversation({ id, view, ...asks }: ConversationProps) {
  const { t } = useWords();
  const conversation = useSelect((state) => state.known.get(id));
  const opened = useSelect((state) => state.opened.get(id));
  if (opened?.phase === "missing") return <Missing view={view} />;
  if (conversation === undefined || opened === undefined) {
    return (
      <main class="main" id="main" tabIndex={-1}>
        {opened?.phase === "failed" ? <Failed id={id} /> : <p class="loading">{t("loading")}</p>}
      </main>
    );
  }
  return <Whole conversation={conversation} opened={opened} view={view} {...asks} />;
}

interface WholeProps extends Omit<ConversationProps, "id"> {
  readonly conversation: Summary;
  readonly opened: Opened;
}

function Whole({ conversation, opened, view, asking, onAsk, onAnswered }: WholeProps) {
  const app = useApp();
  const details = useSelect((state) => state.preferences.details);
  const [sheet, setSheet] = useState(false);
  const [contact, setContact] = useContact(conversation);
  const earlier = useEarlier(contact, conversation);
  const [shown, setShown] = useState(0);
  const toggle = (): void => {
    if (matchMedia("(min-width: 1180px)").matches) app.session.prefer({ details: !details });
    else setSheet(!sheet);
  };
  const show = (count: number): void => {
    setSheet(false);
    setShown(count);
  };
  return (
    <>
      <main class="main" id="main" tabIndex={-1}>
        <Head conversation={conversation} view={view} onAsk={onAsk} onDetails={toggle} />
        <DropZone conversation={conversation}>
          <Body conversation={conversation} opened={opened} before={{ conversations: earlier, shown, onShow: show }} view={view} />
          <Composer key={conversation.id} conversation={conversation} />
        </DropZone>
      </main>
      <Details
        conversation={conversation}
        opened={opened}
        view={view}
        contact={contact}
        earlier={earlier}
        onContact={setContact}
        onEarlier={(one) => show(earlier.indexOf(one) + 1)}
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

interface BodyProps {
  readonly conversation: Summary;
  readonly opened: Opened;
  readonly before: Before;
  readonly view: View;
}

function Body({ conversation, opened, before, view }: BodyProps) {
  const { t } = useWords();
  if (opened.phase === "failed") return <Failed id={conversation.id} />;
  if (opened.phase === "loading") return <p class="loading">{t("loading")}</p>;
  return <Transcript key={conversation.id} conversation={conversation} opened={opened} before={before} view={view} />;
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
