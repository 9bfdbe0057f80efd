/** A question in the middle of the screen: a form with its answer and a way out. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "./button";
import { useWords } from "./use";

/** What is asked comes first, not the way out. */
const FIRST = ".dialog__body :is(input, select, textarea, button)";

export interface DialogProps {
  readonly title: string;
  readonly submit?: string;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly onSubmit?: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog(props: DialogProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    const first = dialog.current?.querySelector<HTMLElement>(FIRST);
    first?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.wide ? "dialog dialog--wide" : "dialog"}
      aria-label={props.title}
      onClose={props.onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <form
        class="dialog__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit?.();
        }}
      >
        <header class="dialog__head">
          <h2>{props.title}</h2>
          <Button look="quiet" icon="close" label={t("close")} onPress={() => dialog.current?.close()} />
        </header>
        <div class="dialog__body">{props.children}</div>
        {props.submit !== undefined && (
          <footer class="dialog__foot">
            <Button onPress={() => dialog.current?.close()}>{t("cancel")}</Button>
            <Button type="submit" look={props.danger ? "danger" : "primary"} busy={props.busy ?? false}>
              {props.submit}
            </Button>
          </footer>
        )}
      </form>
    </dialog>
  );
}
