/** A panel that a button opens beside itself; a press elsewhere or Escape closes it. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface FlyoutProps {
  readonly label: string;
  readonly class?: string;
  readonly face: ComponentChildren;
  readonly children: (close: () => void) => ComponentChildren;
}

export function Flyout({ label, class: name, face, children }: FlyoutProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => setOpen(false);
  useClosing(open, whole, close, () => button.current?.focus());
  return (
    <div class={name ? `flyout ${name}` : "flyout"} ref={whole}>
      <button
        type="button"
        class="flyout__face"
        ref={button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {face}
        <span class="hidden">{label}</span>
      </button>
      {open && (
        <div class="flyout__panel" id={id} role="group" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function useClosing(
  open: boolean,
  whole: { readonly current: HTMLElement | null },
  close: () => void,
  back: () => void,
): void {
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: Event): void => {
      if (!whole.current?.contains(event.target as Node)) close();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
      back();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    document.addEventListener("keydown", escape, true);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
      document.removeEventListener("keydown", escape, true);
    };
  }, [open]);
}
