/** One inbox: everything that its admin may choose, and the chat as it will be. */

import { useEffect, useState } from "preact/hooks";
import type { Inbox } from "../../api/shapes";
import { Button } from "../../elements/button";
import { Copyable } from "../../elements/copyable";
import { Empty } from "../../elements/empty";
import { Field, Switch, TextField } from "../../elements/field";
import { Icon } from "../../elements/icon";
import { Link } from "../../elements/link";
import { useApp, useWords } from "../../elements/use";
import { PageHead } from "../screen";
import { Failure, Loaded, useItems, useSaving } from "../use-items";
import { changeOf, draftOf, wrongFields } from "./draft";
import { HoursEditor } from "./hours-editor";
import { Languages } from "./languages";
import { Looks } from "./looks";
import type { PartProps } from "./part";
import { Preview } from "./preview";

export function InboxPage({ id }: { readonly id: string }) {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.inboxes);
  const gone = <Empty icon="inbox" title={t("inbox.gone")} />;
  return (
    <div class="inbox-page">
      <Link to={{ place: "settings", page: "inboxes" }} class="inbox-page__back">
        <Icon name="back" /> {t("inbox.back")}
      </Link>
      <Loaded things={things} empty={gone}>
        {(inboxes) => {
          const inbox = inboxes.find((one) => one.id === id);
          return inbox ? <Editor key={inbox.id} inbox={inbox} onSaved={things.reload} /> : gone;
        }}
      </Loaded>
    </div>
  );
}

/** Fields that the gateway may still refuse, though this page found nothing wrong with them. */
const SENT = ["name", "accent", "offset", "title", "subtitle", "launcher", "greeting", "locale", "locales", "hours", "timezone", "closed_on", "allowed_sites"] as const;

function Editor({ inbox, onSaved }: { readonly inbox: Inbox; readonly onSaved: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const [draft, setDraft] = useState(() => draftOf(inbox));
  const saving = useSaving(onSaved);
  const wrong = wrongFields(draft);
  const refused = SENT.map(saving.wrong).find((words) => words !== null);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(inbox));
  useAskBeforeLeaving(isChanged);
  const parts: PartProps = { draft, wrong, change: (changes) => setDraft((before) => ({ ...before, ...changes })) };
  return (
    <>
      <PageHead title={inbox.name} text={t("inbox.text")} />
      <div class="inbox-page__columns">
        <form
          class="inbox-page__form"
          aria-label={t("inbox.settings", { name: inbox.name })}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // What was typed comes back as it was stored: a site without its path, a name without spaces.
            const save = async () => setDraft(draftOf(await app.api.changeInbox(inbox.id, changeOf(draft, inbox))));
            if (wrong.length === 0) saving.save(save);
          }}
        >
          <General {...parts} inbox={inbox} />
          <Looks {...parts} />
          <Languages {...parts} />
          <HoursEditor {...parts} />
          <Sites {...parts} />
          <Failure saving={saving} />
          {refused && (
            <p class="box box--bad" role="alert">
              {refused}
            </p>
          )}
          <div class="inbox-page__save">
            <span class="muted" role="status">
              {t(wrong.length > 0 ? "inbox.wrong" : isChanged ? "inbox.unsaved" : "inbox.saved")}
            </span>
            {isChanged && <Button onPress={() => setDraft(draftOf(inbox))}>{t("inbox.discard")}</Button>}
            <Button type="submit" look="primary" busy={saving.busy} why={wrong.length > 0 ? t("inbox.wrong") : null}>
              {t("save")}
            </Button>
          </div>
        </form>
        <Preview draft={draft} />
      </div>
    </>
  );
}

function General({ draft, change, wrong, inbox }: PartProps & { readonly inbox: Inbox }) {
  const { t } = useWords();
  const tag = `<script src="${location.origin}/widget.js" data-inbox="${inbox.key ?? ""}" async></script>`;
  return (
    <section class="panel inbox-part">
      <h2>{t("inbox.general")}</h2>
      <Field
        label={t("name")}
        value={draft.name}
        onValue={(name) => change({ name })}
        hint={t("inboxes.name.hint")}
        error={wrong.includes("name") ? t("inbox.name.wrong") : null}
      />
      <Switch label={t("inboxes.enabled")} on={draft.enabled} onChange={(enabled) => change({ enabled })} />
      {inbox.key !== undefined && <Copyable label={t("inboxes.tag")} text={tag} hint={t("inboxes.tag.hint")} />}
    </section>
  );
}

function Sites({ draft, change, wrong }: PartProps) {
  const { t } = useWords();
  return (
    <section class="panel inbox-part">
      <h2>{t("inbox.sites")}</h2>
      <TextField
        label={t("inbox.sites.label")}
        hint={t("inbox.sites.hint")}
        value={draft.sites}
        onValue={(sites) => change({ sites })}
        error={wrong.includes("sites") ? t("inbox.sites.wrong") : null}
      />
    </section>
  );
}

/** The browser asks before the page goes with what is not saved. */
function useAskBeforeLeaving(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isChanged]);
}

