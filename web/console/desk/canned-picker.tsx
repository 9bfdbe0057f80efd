/** Canned replies above the composer: found by what stands after the slash, chosen by keys. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../elements/icon";
import { Link } from "../elements/link";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import type { CannedReply } from "../api/writing";
import { filled, matching, slashBefore, type Slash } from "../state/canned";
import { leads } from "../state/verbs";

const SHOWN = 50;

export interface Picker {
  readonly found: readonly CannedReply[];
  readonly at: number;
  readonly query: string;
  readonly active: string | undefined;
  readonly choose: (at: number) => void;
  readonly hover: (at: number) => void;
  /** True if the key was meant for the list. */
  readonly press: (key: string) => boolean;
  readonly fill: (reply: CannedReply) => string;
}

interface Typed {
  readonly text: string;
  /** Null while the cursor is elsewhere. */
  readonly cursor: number | null;
}

/** The list while one looks for a reply, or null. `onChoose` gets the text and what it replaces. */
export function usePicker(
  conversation: Conversation,
  { text, cursor }: Typed,
  onChoose: (text: string, slash: Slash, cursor: number) => void,
): Picker | null {
  const app = useApp();
  const slash = useMemo(() => (cursor === null ? null : slashBefore(text, cursor)), [text, cursor]);
  const all = useSelect((state) => state.canned);
  const agent = useSelect((state) => state.me?.name ?? "");
  const slots = useSelect((state) => state.opened.get(conversation.id)?.more?.slots);
  const [closed, setClosed] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const query = slash?.query ?? null;
  const found = useMemo(
    () => (query === null ? [] : matching(all, query, conversation.language).slice(0, SHOWN)),
    [all, query, conversation.language],
  );
  useEffect(() => {
    if (query !== null) app.canned.open();
    setAt(0);
  }, [query]);
  useEffect(() => void (slash === null && setClosed(null)), [slash === null]);
  if (slash === null || closed === slash.start) return null;
  // Somebody who writes "/" and something else is not looking for a reply.
  if (found.length === 0 && (slash.query.length > 2 || all.length > 0) && slash.query !== "") return null;

  const fill = (reply: CannedReply): string => filled(reply.text, { conversation, agent, slots: slots ?? {} });
  const choose = (index: number): void => {
    const reply = found[index];
    if (reply !== undefined) onChoose(fill(reply), slash, slash.start + slash.query.length + 1);
  };
  const press = (key: string): boolean => {
    if (key === "Escape") setClosed(slash.start);
    else if (found.length === 0) return false;
    else if (key === "ArrowDown") setAt((at + 1) % found.length);
    else if (key === "ArrowUp") setAt((at + found.length - 1) % found.length);
    else if (key === "Enter" || key === "Tab") choose(at);
    else return false;
    return true;
  };
  const active = found.length > 0 ? idOf(Math.min(at, found.length - 1)) : undefined;
  return { found, at, query: slash.query, active, choose, hover: setAt, press, fill };
}

export const PICKER_ID = "canned-replies";

export function CannedPicker({ picker }: { readonly picker: Picker }) {
  const { t } = useWords();
  const { found, at } = picker;
  useEffect(() => document.getElementById(idOf(at))?.scrollIntoView?.({ block: "nearest" }), [at]);
  return (
    <div class="picker">
      <p class="hidden" role="status">
        {found.length === 0 ? t("canned.nothing") : t("canned.found", { count: found.length })}
      </p>
      <ul class="picker__list" id={PICKER_ID} role="listbox" aria-label={t("canned")}>
        {found.map((reply, index) => (
          <li
            key={reply.id}
            id={idOf(index)}
            class="picker__one"
            role="option"
            aria-selected={index === at}
            onPointerMove={() => index !== at && picker.hover(index)}
            // The cursor stays in the text.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => picker.choose(index)}
          >
            <span class="picker__head">
              <kbd dir="auto">{`/${reply.shortcut}`}</kbd>
              <bdi class="picker__title">{reply.title}</bdi>
              {reply.locale && <span class="tag">{reply.locale.toUpperCase()}</span>}
            </span>
            <span class="picker__text" dir="auto">
              {picker.fill(reply)}
            </span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Nothing />}
    </div>
  );
}

function Nothing() {
  const { t } = useWords();
  const none = useSelect((state) => state.canned.length === 0);
  const mayWrite = useSelect((state) => state.me !== null && leads(state.me));
  return (
    <p class="picker__nothing">
      <Icon name="canned" size={16} /> {t(none ? "canned.noneYet" : "canned.nothing")}{" "}
      {mayWrite && <Link to={{ place: "settings", page: "canned" }}>{t("canned.manage")}</Link>}
    </p>
  );
}

function idOf(index: number): string {
  return `canned-${index}`;
}
