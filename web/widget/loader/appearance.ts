import type { Inbox } from "../inbox";

/** The inbox's colours and place as custom properties; a page's own rules cannot undo them. */
export function properties({ appearance: { accent, offset }, theme }: Inbox): string {
  const values = {
    accent,
    "accent-strong": theme.strong,
    "on-accent": theme.on,
    link: `light-dark(${theme.link_light},${theme.link_dark})`,
    offset: `${offset}px`,
  };
  const rules = Object.entries(values).map(([name, value]) => `--${name}:${value}!important`);
  return `:host{${rules.join(";")}}`;
}
