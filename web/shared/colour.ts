/** Colours as six hexadecimal digits, `#rrggbb`, and how well one is read on another. */
export type Colour = string;

/** What an inbox's one colour becomes, so that all that is written with it can be read. */
export interface Theme {
  readonly accent: Colour;
  /** A step away from the text that stands on the accent. */
  readonly strong: Colour;
  /** The text on the accent: white where that is read, otherwise black. */
  readonly on: Colour;
  /** The accent as text on the panel's own ground, in the light and in the dark scheme. */
  readonly linkLight: Colour;
  readonly linkDark: Colour;
}

export const DEFAULT_ACCENT: Colour = "#0f766e";

/** The panel's ground in each scheme, and what stands out from it a little. */
export const GROUND = { light: "#ffffff", dark: "#131a19" } as const;
export const SOFT = { light: "#f1f5f4", dark: "#212b29" } as const;

/** What WCAG 2.2 asks of texts, and of the parts that one has to see to use something. */
export const TEXT_CONTRAST = 4.5;
export const PART_CONTRAST = 3;

const WHITE = "#ffffff";
const BLACK = "#000000";

/** How much of the accent is in the bubbles of agents: as in the panel's style sheet. */
const TINT = { light: 0.13, dark: 0.3 } as const;

type Scheme = keyof typeof GROUND;

export function theme(accent: Colour): Theme {
  const on = contrast(accent, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK;
  return {
    accent,
    on,
    strong: mix(on === WHITE ? BLACK : WHITE, accent, 0.22),
    linkLight: readable(accent, grounds(accent, "light"), BLACK),
    linkDark: readable(accent, grounds(accent, "dark"), WHITE),
  };
}

/** WCAG's contrast of two colours, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** So much of the one colour in the other, from 0 to 1. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const into = channels(other);
  const mixed = channels(one).map((value, at) => value * share + (into[at] ?? 0) * (1 - share));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

/** All that texts in the accent's colour stand on. */
export function grounds(accent: Colour, scheme: Scheme): readonly Colour[] {
  return [GROUND[scheme], SOFT[scheme], mix(accent, GROUND[scheme], TINT[scheme])];
}

/** The colour itself, or as little of the way towards `end` as makes a text in it readable. */
function readable(colour: Colour, on: readonly Colour[], end: Colour): Colour {
  for (let share = 0; share < 1; share += 0.04) {
    const found = mix(end, colour, share);
    if (on.every((ground) => contrast(found, ground) >= TEXT_CONTRAST)) return found;
  }
  return end;
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: Colour): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
