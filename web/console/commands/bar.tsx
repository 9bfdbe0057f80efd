/** The command bar: type a few letters, choose with the arrows, Enter does it. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import { GROUPS, matching, step, type Command } from "../state/commands";
import { useCommands, type CommandHooks } from "./use-commands";
import { useFinds } from "./use-finds";

export function CommandBar({ hooks, onClose }: { readonly hooks: CommandHooks; readonly onClose: () => void }) {
  const { t } = useWords();
  const list = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const finds = useFinds(typed);
  const rows = inGroups([...matching(useCommands(hooks), typed), ...finds.commands]);
  const chosen = rows[Math.min(at, rows.length - 1)];
  useEffect(() => dialog.current?.showModal(), []);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    // Closed first: what it opens takes the focus, and the page is no longer inert.
    dialog.current?.close();
    command.run();
  };
  const press = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by !== undefined) setAt(step(Math.min(at, rows.length - 1), by, rows.length));
    else if (event.key === "Enter" && !event.isComposing) run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog command"
      aria-label={t("command.open")}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="command__whole">
        <div class="command__head">
          <Icon name="search" />
          <input
            class="command__input"
            role="combobox"
            aria-label={t("command")}
            aria-expanded="true"
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
            autocomplete="off"
            spellcheck={false}
            dir="auto"
            autofocus
            placeholder={t("command")}
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
          {finds.busy && <span class="spinner" aria-hidden="true" />}
        </div>
        <Options id={list} rows={rows} chosen={chosen} onRun={run} />
        <p class="command__foot muted" role="status">
          {rows.length === 0 ? (finds.busy ? t("command.searching") : t("command.none", { text: typed })) : t("command.hint")}
        </p>
      </div>
    </dialog>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

interface OptionsProps {
  readonly id: string;
  readonly rows: readonly Command[];
  readonly chosen: Command | undefined;
  readonly onRun: (command: Command) => void;
}

function Options({ id, rows, chosen, onRun }: OptionsProps) {
  const { t } = useWords();
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.id}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen?.id]);
  return (
    <div class="command__list" id={id} role="listbox" aria-label={t("command.open")}>
      {GROUPS.filter((group) => rows.some((row) => row.group === group)).map((group) => (
        <div key={group} role="group" aria-label={t(`command.group.${group}`)}>
          <div class="command__group" aria-hidden="true">
            {t(`command.group.${group}`)}
          </div>
          {rows
            .filter((row) => row.group === group)
            .map((row) => (
              <div
                key={row.id}
                id={`${id}-${row.id}`}
                class="command__row"
                role="option"
                aria-selected={row === chosen}
                onClick={() => onRun(row)}
              >
                <Icon name={row.icon} />
                <span class="command__title">
                  <bdi>{row.title}</bdi>
                  {row.note && (
                    <bdi class="command__note muted">{row.note}</bdi>
                  )}
                </span>
                {row.shortcut && <kbd>{row.shortcut}</kbd>}
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}

function inGroups(rows: readonly Command[]): readonly Command[] {
  return GROUPS.flatMap((group) => rows.filter((row) => row.group === group));
}
