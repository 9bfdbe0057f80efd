/** Above the transcript: whose conversation it is, how it stands, and the desk's verbs. */

import { Button } from "../elements/button";
import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { ContactName, LanguageMark } from "../elements/person";
import { Moment, Waited } from "../elements/times";
import { useApp, useBusy, useNow, useSelect, useWords } from "../elements/use";
import type { Conversation, Me } from "../api/shapes";
import { sayOr } from "../locales/words";
import { leave, type Verb } from "../state/verbs";
import { isMine, isSnoozed, type View } from "../state/views";
import type { AskingVerb } from "./verb-dialogs";
import { Viewers } from "./viewers";

export interface HeadProps {
  readonly conversation: Conversation;
  readonly view: View;
  readonly onAsk: (verb: AskingVerb) => void;
  readonly onDetails: () => void;
}

export function Head({ conversation, view, onAsk, onDetails }: HeadProps) {
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  if (me === null) return null;
  return (
    <header class="head">
      <div class="head__top">
        <Link class="button button--quiet button--bare only-phone" to={{ place: "desk", view, conversation: null }} label={t("back")}>
          <Icon name="back" />
        </Link>
        <div class="head__who">
          <h1>
            <ContactName conversation={conversation} /> <Number number={conversation.number} />
          </h1>
          <Standing conversation={conversation} me={me} />
        </div>
        <Viewers conversation={conversation.id} />
        <Button look="quiet" icon="panel" label={t("details")} onPress={onDetails} />
      </div>
      <VerbBar conversation={conversation} me={me} onAsk={onAsk} />
    </header>
  );
}

function Number({ number }: { readonly number: number }) {
  return <span class="head__number" dir="ltr">{`#${number}`}</span>;
}

function Standing({ conversation, me }: { readonly conversation: Conversation; readonly me: Me }) {
  const { t } = useWords();
  const now = useNow(10_000);
  const { state, owner, queue, waiting_since, snoozed_until } = conversation;
  return (
    <p class="head__standing">
      <span class={`state state--${state}`}>{t(`state.${state}`)}</span>
      {state === "with_agent" && (
        <bdi class={isMine(conversation, me.id) ? "owner owner--me" : "owner"}>
          {isMine(conversation, me.id) ? t("you") : owner.name}
        </bdi>
      )}
      {state === "waiting" && queue && <bdi>{queue.name}</bdi>}
      {state !== "resolved" && waiting_since && <Waited since={waiting_since} />}
      {snoozed_until && isSnoozed(conversation, now) && (
        <span class="tag">
          <Icon name="snooze" size={13} /> <Moment at={snoozed_until} />
        </span>
      )}
      <span class="head__quiet">
        <bdi>{conversation.inbox.name}</bdi> · {sayOr(t, "channel", conversation.channel)}{" "}
        <LanguageMark language={conversation.language} />
      </span>
    </p>
  );
}

const ASKING: readonly { readonly verb: AskingVerb; readonly icon: IconName; readonly shortcut: string }[] = [
  { verb: "transfer", icon: "transfer", shortcut: "t" },
  { verb: "return", icon: "bot", shortcut: "b" },
  { verb: "snooze", icon: "snooze", shortcut: "z" },
];

/** Verbs without meaning here are absent; those not allowed now say why. */
function VerbBar({ conversation, me, onAsk }: { readonly conversation: Conversation; readonly me: Me; readonly onAsk: (verb: AskingVerb) => void }) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const why = (verb: Verb): string | null => {
    const answer = leave(verb, conversation, me);
    return answer === "yes" || answer === "absent" ? null : t(`why.${answer}`, { name: conversation.owner.name ?? "" });
  };
  const is = (verb: Verb): boolean => leave(verb, conversation, me) !== "absent";
  const resolved = conversation.state === "resolved";
  return (
    <div class="verbs" role="toolbar" aria-label={t("verbs")}>
      {leave("claim", conversation, me) === "yes" && (
        <Button look="primary" icon="claim" busy={busy} onPress={() => void run(() => app.verbs.claim(conversation.id, conversation.state === "with_agent"))}>
          {t(conversation.state === "waiting" ? "verb.claim" : "verb.takeOver")}
        </Button>
      )}
      {is("reopen") && (
        <Button look="primary" icon="reopen" busy={busy} onPress={() => void run(() => app.verbs.reopen(conversation.id))}>
          {t("verb.reopen")}
        </Button>
      )}
      {!resolved &&
        ASKING.filter(({ verb }) => is(verb)).map(({ verb, icon, shortcut }) => (
          <Button key={verb} icon={icon} why={why(verb)} shortcut={shortcut} label={t(`verb.${verb}`)} onPress={() => onAsk(verb)}>
            {t(verb === "return" ? "verb.return.short" : `verb.${verb}`)}
          </Button>
        ))}
      {!resolved && (
        <Button icon="resolved" class="verbs__resolve" why={why("resolve")} shortcut="e" label={t("verb.resolve")} onPress={() => onAsk("resolve")}>
          {t("verb.resolve")}
        </Button>
      )}
    </div>
  );
}
