/** A button that says what it does, and why when it cannot. */

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

export interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  readonly look?: "plain" | "primary" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  readonly label?: string;
  readonly busy?: boolean;
  /** A reason makes the button unavailable, yet still found and read. */
  readonly why?: string | null;
  readonly small?: boolean;
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly class?: string;
  readonly onPress?: () => void;
}

export function Button(props: ButtonProps) {
  const { children, icon, look = "plain", type = "button", label, busy = false, why = null } = props;
  const blocked = busy || why !== null;
  return (
    <button
      type={type}
      class={["button", `button--${look}`, props.small && "button--small", !children && "button--bare", props.class]
        .filter(Boolean)
        .join(" ")}
      aria-label={label}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-keyshortcuts={props.shortcut}
      title={why ?? label}
      onClick={(event) => {
        if (blocked) event.preventDefault();
        else props.onPress?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children && <span class="button__text">{children}</span>}
    </button>
  );
}
