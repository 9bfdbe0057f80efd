import { theme } from "../../shared/colour";
import type { Appearance } from "../inbox";

/** The inbox's colours and place as custom properties; a page's own rules cannot undo them. */
export function properties({ accent, offset }: Appearance): string {
  const { strong, on, linkLight, linkDark } = theme(accent);
  const values = {
    accent,
    "accent-strong": strong,
    "on-accent": on,
    link: `light-dark(${linkLight},${linkDark})`,
    offset: `${offset}px`,
  };
  const rules = Object.entries(values).map(([name, value]) => `--${name}:${value}!important`);
  return `:host{${rules.join(";")}}`;
}
