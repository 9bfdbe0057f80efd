/** Text as a search compares it: however it was typed, on whichever keyboard. */

const LETTERS: Readonly<Record<string, string>> = {
  "\u064a": "ی",
  "\u0649": "ی",
  "\u0643": "ک",
  "\u0629": "ه",
  "\u0623": "ا",
  "\u0625": "ا",
  "\u0622": "ا",
  "\u0671": "ا",
  "\u0624": "و",
  "\u0626": "ی",
  "\u06c0": "ه",
};

export function fold(text: string): string {
  return text
    .replace(/[\u064a\u0649\u0643\u0629\u0622-\u0626\u0671\u06c0]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/[\p{M}\u0640\u200c-\u200f\u2066-\u2069]/gu, "")
    .replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()
    .trim();
}
