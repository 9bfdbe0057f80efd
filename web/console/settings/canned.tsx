/** Canned replies: what agents say again and again, in each language, with places to fill. */

import { useState } from "preact/hooks";
import { LOCALE_NAMES, LOCALES } from "../../shared/locale";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Field } from "../elements/field";
import { useApp, useWords } from "../elements/use";
import type { CannedReply } from "../api/writing";
import { CannedDialog } from "./canned-dialog";
import { Confirm } from "./confirm";
import { PageHead } from "./screen";
import { Loaded, useItems, useSaving } from "./use-items";

const ENOUGH_TO_SEARCH = 8;

export function Canned() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.cannedReplies);
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const saved = (): void => {
    setEditing(null);
    things.reload();
  };
  const add = (
    <Button look="primary" icon="plus" onPress={() => setEditing("new")}>
      {t("canned.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("settings.canned")} text={t("canned.text")}>
        {things.items?.length !== 0 && add}
      </PageHead>
      <Loaded
        things={things}
        empty={
          <Empty icon="canned" title={t("canned.empty")} text={t("canned.empty.text")}>
            {add}
          </Empty>
        }
      >
        {(replies) => <Replies replies={replies} onEdit={setEditing} onChanged={things.reload} />}
      </Loaded>
      {editing && <CannedDialog reply={editing === "new" ? null : editing} onClose={() => setEditing(null)} onSaved={saved} />}
    </>
  );
}

interface RepliesProps {
  readonly replies: readonly CannedReply[];
  readonly onEdit: (reply: CannedReply) => void;
  readonly onChanged: () => void;
}

function Replies({ replies, onEdit, onChanged }: RepliesProps) {
  const { t } = useWords();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLocaleLowerCase();
  const found = [...replies]
    .filter(({ shortcut, title, text }) => [shortcut, title, text].some((part) => part.toLocaleLowerCase().includes(wanted)))
    .sort((a, b) => a.shortcut.localeCompare(b.shortcut) || (a.locale ?? "").localeCompare(b.locale ?? ""));
  return (
    <>
      {replies.length >= ENOUGH_TO_SEARCH && <Field label={t("canned.search")} value={query} onValue={setQuery} />}
      {found.length === 0 && <p class="muted">{t("canned.nothing")}</p>}
      <ul class="cards">
        {found.map((reply) => (
          <Card key={reply.id} reply={reply} onEdit={() => onEdit(reply)} onChanged={onChanged} />
        ))}
      </ul>
    </>
  );
}

function Card({ reply, onEdit, onChanged }: { readonly reply: CannedReply; readonly onEdit: () => void; readonly onChanged: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const saving = useSaving(() => {
    setAsking(false);
    onChanged();
  });
  const { id, shortcut, title, text } = reply;
  const language = LOCALES.find((locale) => locale === reply.locale);
  return (
    <li class="card">
      <div class="card__main">
        <h2>
          <kbd dir="auto">{`/${shortcut}`}</kbd>
          <bdi>{title}</bdi>
          {language && <span class="tag">{LOCALE_NAMES[language]}</span>}
        </h2>
        <p class="muted canned__text" dir="auto">
          {text}
        </p>
      </div>
      <Button look="quiet" icon="edit" label={t("edit.name", { name: title })} onPress={onEdit} />
      <Button
        look="quiet"
        icon="trash"
        label={t("delete.name", { name: title })}
        onPress={() => setAsking(true)}
      />
      {asking && (
        <Confirm
          title={t("canned.delete")}
          text={t("canned.delete.text")}
          busy={saving.busy}
          onClose={() => setAsking(false)}
          onYes={() => saving.save(() => app.api.removeCannedReply(id))}
        />
      )}
    </li>
  );
}
