/** A link within the console: an address one can copy, followed without loading the page anew. */

import type { ComponentChildren } from "preact";
import { pathOf, type Route } from "../state/route";
import { useApp } from "./use";

export interface LinkProps {
  readonly to: Route;
  readonly class?: string;
  readonly current?: boolean;
  readonly label?: string;
  readonly id?: string;
  readonly children: ComponentChildren;
  readonly onFollow?: () => void;
}

export function Link(props: LinkProps) {
  const app = useApp();
  return (
    <a
      href={pathOf(props.to)}
      id={props.id}
      class={props.class}
      aria-current={props.current ? "page" : undefined}
      aria-label={props.label}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        props.onFollow?.();
        app.go(props.to);
      }}
    >
      {props.children}
    </a>
  );
}
