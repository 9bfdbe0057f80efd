/** The list of the chosen view: live, in order, still under the pointer. */

import { useMemo, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { useApp, useSelect, useWords } from "../elements/use";
import { searching } from "../state/route";
import { viewKey, wantedOf, type View } from "../state/views";
import { RowList } from "./row-list";
import { useSeen } from "./use-seen";
import { useViewTitle } from "./view-names";
import { mayChange, ViewDialog } from "./view-dialog";

export interface ListProps {
  readonly view: View;
  readonly current: string | null;
  readonly onMenu: () => void;
}

export function List({ view, current, onMenu }: ListProps) {
  const { t } = useWords();
  const saved = useSelect((state) => state.saved);
  const key = viewKey(view);
  const wanted = useMemo(() => wantedOf(view, saved), [key, saved]);
  const title = useViewTitle()(view);
  useSeen();
  return (
    <section class="list" aria-label={title}>
      <header class="list__head">
        <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <span class="list__tools">
          <ChangeView view={view} />
          <SearchButton />
        </span>
      </header>
      {wanted === null ? (
        <Empty icon="view" title={t("view.missing")} text={t("view.missing.text")} />
      ) : (
        <RowList key={key} view={view} wanted={wanted} current={current} />
      )}
    </section>
  );
}

/** A saved view is changed where it is looked at. */
function ChangeView({ view }: { readonly view: View }) {
  const app = useApp();
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  const saved = useSelect((state) => state.saved.find(({ id }) => view.kind === "saved" && id === view.id));
  const [open, setOpen] = useState(false);
  if (saved === undefined || me === null || !mayChange(saved, me)) return null;
  return (
    <>
      <Button small look="quiet" icon="edit" label={t("view.edit")} onPress={() => setOpen(true)} />
      {open && (
        <ViewDialog
          view={saved}
          onClose={() => setOpen(false)}
          onRemoved={() => app.go({ place: "desk", view: { kind: "waiting" }, conversation: null })}
        />
      )}
    </>
  );
}

function SearchButton() {
  const app = useApp();
  const { t } = useWords();
  return (
    <Button small look="quiet" icon="search" label={t("search")} shortcut="/" onPress={() => app.go(searching)} />
  );
}
