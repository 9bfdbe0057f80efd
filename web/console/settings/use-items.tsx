/** A page's things: fetched, shown as such while they are not, fetched anew after a change. */

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { wordsFor } from "../actions/notices";
import { wordsForField } from "../locales/fields";
import { Problem } from "../api/problem";
import type { Page } from "../api/shapes";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { useApp, useBusy, useWords } from "../elements/use";

export interface Items<T> {
  readonly items: readonly T[] | null;
  readonly failed: boolean;
  readonly reload: () => void;
}

export function useItems<T>(fetch: () => Promise<Page<T>>): Items<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const [failed, setFailed] = useState(false);
  const reload = useCallback(() => {
    setFailed(false);
    fetch().then(
      (page) => setItems(page.items),
      () => setFailed(true),
    );
  }, [fetch]);
  useEffect(reload, [reload]);
  return { items, failed, reload };
}

/** The things, or why there are none to see. */
export function Loaded<T>(props: {
  readonly things: Items<T>;
  readonly empty: ComponentChildren;
  readonly children: (items: readonly T[]) => ComponentChildren;
}) {
  const { t } = useWords();
  const { items, failed, reload } = props.things;
  if (items === null && failed) {
    return (
      <Empty icon="warning" title={t("list.failed")}>
        <Button onPress={reload}>{t("retry")}</Button>
      </Empty>
    );
  }
  if (items === null) return <p class="loading">{t("loading")}</p>;
  return <>{items.length === 0 ? props.empty : props.children(items)}</>;
}

export interface Saving {
  readonly busy: boolean;
  /** What the server found wrong with a field. */
  readonly wrong: (field: string) => string | null;
  readonly failure: string | null;
  readonly save: (work: () => Promise<unknown>) => void;
}

/** Saving a form: what was wrong is shown at its field, or above all fields. */
export function useSaving(onSaved: () => void): Saving {
  const { t } = useWords();
  const app = useApp();
  const [busy, run] = useBusy();
  const [error, setError] = useState<unknown>(null);
  const fields = error instanceof Problem ? error.fields : [];
  const work = async (ask: () => Promise<unknown>): Promise<void> => {
    setError(null);
    try {
      await ask();
    } catch (problem) {
      setError(problem);
      return focusWrong();
    }
    app.notices.tell((say) => say("saved"), "good");
    onSaved();
  };
  return {
    busy,
    wrong: (field) => {
      const found = fields.find((one) => one.field.split(".").at(-1) === field);
      return found === undefined ? null : wordsForField(found, t);
    },
    failure: error === null || fields.length > 0 ? null : wordsFor(error, t),
    save: (ask) => void (busy || run(() => work(ask))),
  };
}

/** To the first field with something wrong, once it is drawn as that. */
function focusWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

export function Failure({ saving }: { readonly saving: Saving }) {
  if (saving.failure === null) return null;
  return (
    <p class="box box--bad" role="alert">
      {saving.failure}
    </p>
  );
}
