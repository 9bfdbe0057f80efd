/** An empty place that explains why it is empty and what will fill it. */

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="empty__icon">
        <Icon name={props.icon} size={28} />
      </span>
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.children}
    </div>
  );
}
