/** The verbs that ask something before they are done. */

import { useState } from "preact/hooks";
import { dateFormat } from "../../shared/formats";
import { Dialog } from "../elements/dialog";
import { Field, Select, TextField, type Choice } from "../elements/field";
import { useApp, useBusy, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import { asLocalInput, presetsFrom } from "../state/snoozes";

export type AskingVerb = "transfer" | "return" | "snooze" | "resolve";

interface VerbDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

export function VerbDialog({ verb, ...props }: VerbDialogProps & { readonly verb: AskingVerb }) {
  switch (verb) {
    case "transfer":
      return <Transfer {...props} />;
    case "return":
      return <Return {...props} />;
    case "snooze":
      return <Snooze {...props} />;
    case "resolve":
      return <Resolve {...props} />;
  }
}

/** Runs the verb, and closes the dialog if it was done. */
function useVerb(onClose: () => void): [boolean, (verb: () => Promise<boolean>) => void] {
  const [busy, run] = useBusy();
  const done = async (verb: () => Promise<boolean>): Promise<void> => {
    if (await verb()) onClose();
  };
  return [busy, (verb) => void (busy || run(() => done(verb)))];
}

function Transfer({ conversation, onClose }: VerbDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useVerb(onClose);
  const choices = useDestinations(conversation);
  const [to, setTo] = useState(choices[0]?.value ?? "");
  const [note, setNote] = useState("");
  const [kind, id = ""] = to.split(":");
  return (
    <Dialog
      title={t("transfer.title")}
      submit={t("verb.transfer")}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        id !== "" &&
        run(() => app.verbs.transfer(conversation.id, kind === "queue" ? { queue: id } : { agent: id }, note.trim()))
      }
    >
      <Select label={t("transfer.to")} value={to} onValue={setTo} choices={choices} />
      <TextField label={t("note.optional")} hint={t("note.hint")} value={note} onValue={setNote} />
    </Dialog>
  );
}

function useDestinations(conversation: Conversation): Choice[] {
  const { t } = useWords();
  const queues = useSelect((state) => state.queues);
  const agents = useSelect((state) => state.agents);
  const { owner } = conversation;
  return [
    ...queues
      .filter((queue) => !queue.disabled && !(owner.kind === "queue" && owner.id === queue.id))
      .map((queue) => ({ value: `queue:${queue.id}`, label: t("transfer.queue", { name: queue.name }) })),
    ...agents
      .filter((agent) => !agent.disabled && !(owner.kind === "agent" && owner.id === agent.id))
      .map((agent) => ({
        value: `agent:${agent.id}`,
        label: t("transfer.agent", { name: agent.name, presence: t(`presence.${agent.presence}`) }),
      })),
  ];
}

function Return({ conversation, onClose }: VerbDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useVerb(onClose);
  const [note, setNote] = useState("");
  return (
    <Dialog
      title={t("return.title")}
      submit={t("verb.return")}
      busy={busy}
      onClose={onClose}
      onSubmit={() => run(() => app.verbs.returnToBot(conversation.id, note.trim()))}
    >
      <p class="muted">{t("return.text")}</p>
      <TextField label={t("note.optional")} hint={t("note.hint")} value={note} onValue={setNote} />
    </Dialog>
  );
}

function Snooze({ conversation, onClose }: VerbDialogProps) {
  const app = useApp();
  const { t, locale } = useWords();
  const [busy, run] = useVerb(onClose);
  const now = new Date(app.now());
  const [until, setUntil] = useState(() => asLocalInput(presetsFrom(now)[0]!.at));
  const date = new Date(until);
  const past = !(date.getTime() > now.getTime());
  const moment = dateFormat(locale, { weekday: "short", hour: "numeric", minute: "2-digit" });
  return (
    <Dialog
      title={t("snooze.title")}
      submit={t("verb.snooze")}
      busy={busy}
      onClose={onClose}
      onSubmit={() => !past && run(() => app.verbs.snooze(conversation.id, date))}
    >
      <p class="muted">{t("snooze.text")}</p>
      <div class="presets">
        {presetsFrom(now).map(({ name, at }) => (
          <button
            key={name}
            type="button"
            class="preset"
            aria-pressed={asLocalInput(at) === until}
            onClick={() => setUntil(asLocalInput(at))}
          >
            <span>{t(`snooze.${name}`)}</span>
            <span class="muted">{moment.format(at)}</span>
          </button>
        ))}
      </div>
      <Field
        label={t("snooze.until")}
        type="datetime-local"
        value={until}
        onValue={setUntil}
        error={past ? t("snooze.past") : null}
      />
    </Dialog>
  );
}

const OUTCOMES = ["answered", "no_reply", "spam"] as const;

function Resolve({ conversation, onClose }: VerbDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useVerb(onClose);
  const [outcome, setOutcome] = useState("");
  return (
    <Dialog
      title={t("resolve.title")}
      submit={t("verb.resolve")}
      busy={busy}
      onClose={onClose}
      onSubmit={() => run(() => app.verbs.resolve(conversation.id, outcome.trim()))}
    >
      <p class="muted">{t("resolve.text")}</p>
      <div class="presets presets--row">
        {OUTCOMES.map((name) => (
          <button
            key={name}
            type="button"
            class="preset"
            aria-pressed={outcome === t(`outcome.${name}`)}
            onClick={() => setOutcome(t(`outcome.${name}`))}
          >
            {t(`outcome.${name}`)}
          </button>
        ))}
      </div>
      <Field label={t("resolve.outcome")} value={outcome} onValue={setOutcome} hint={t("resolve.hint")} />
    </Dialog>
  );
}
