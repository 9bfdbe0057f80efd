/** Writing one canned reply: what agents type, what the customer reads. */

import { useId, useRef, useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES } from "../../shared/locale";
import { insertText } from "../desk/text-area";
import { Button } from "../elements/button";
import { Dialog } from "../elements/dialog";
import { Field, Select } from "../elements/field";
import { Text } from "../elements/text";
import { useApp, useSelect, useWords } from "../elements/use";
import type { CannedReply } from "../api/writing";
import { filled } from "../state/canned";
import { Failure, useSaving } from "./use-items";

const PLACES = [
  { name: "contact", place: "{{contact.name|}}" },
  { name: "agent", place: "{{agent.name}}" },
  { name: "number", place: "{{conversation.number}}" },
  { name: "slot", place: "{{slots.order_number}}" },
] as const;

interface CannedDialogProps {
  readonly reply: CannedReply | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function CannedDialog({ reply, onClose, onSaved }: CannedDialogProps) {
  const app = useApp();
  const { t } = useWords();
  const saving = useSaving(onSaved);
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [title, setTitle] = useState(reply?.title ?? "");
  const [locale, setLocale] = useState(reply?.locale ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const save = (): void =>
    saving.save(() => {
      const body = { shortcut: shortcut.trim().replace(/^\//, ""), title: title.trim(), locale: locale || null, text: text.trim() };
      return reply === null ? app.api.makeCannedReply(app.newKey(), body) : app.api.changeCannedReply(reply.id, body);
    });
  return (
    <Dialog wide title={t(reply === null ? "canned.add" : "canned.edit")} submit={t("save")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <div class="canned__line">
        <Field label={t("canned.shortcut")} hint={t("canned.shortcut.hint")} value={shortcut} onValue={setShortcut} error={saving.wrong("shortcut")} required />
        <Select
          label={t("canned.locale")}
          value={locale}
          onValue={setLocale}
          choices={[{ value: "", label: t("canned.locale.all") }, ...LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))]}
          error={saving.wrong("locale")}
        />
      </div>
      <Field label={t("canned.title")} hint={t("canned.title.hint")} value={title} onValue={setTitle} error={saving.wrong("title")} required />
      <Body text={text} onText={setText} error={saving.wrong("text")} />
      {text.trim() !== "" && <Preview text={text} />}
    </Dialog>
  );
}

function Body({ text, onText, error }: { readonly text: string; readonly onText: (text: string) => void; readonly error: string | null }) {
  const { t } = useWords();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {t("canned.body")}
      </label>
      <textarea
        ref={area}
        id={id}
        class="input"
        dir="auto"
        rows={5}
        maxLength={10_000}
        required
        value={text}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <div class="canned__places" role="group" aria-label={t("canned.places")}>
        {PLACES.map(({ name, place }) => (
          <Button key={name} small icon="plus" onPress={() => area.current && insertText(area.current, place)}>
            {t(`canned.place.${name}`)}
          </Button>
        ))}
      </div>
      <p class="field__hint" id={`${id}-hint`}>
        {t("canned.body.hint", { example: "{{contact.name|there}}" })}
      </p>
      {error && (
        <p class="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** With one's own name, and a customer of whom something is known. */
function Preview({ text }: { readonly text: string }) {
  const { t } = useWords();
  const agent = useSelect((state) => state.me?.name ?? "");
  const contact = { id: "", name: "Mina", proof: "anonymous" as const };
  const shown = filled(text, { conversation: { number: 1024, contact }, agent, slots: { order_number: "PK-1001" } });
  return (
    <div class="canned__preview">
      <p class="field__label">{t("canned.preview")}</p>
      <div class="message message--agent">
        <div class="message__body">
          <Text text={shown} />
        </div>
      </div>
    </div>
  );
}
