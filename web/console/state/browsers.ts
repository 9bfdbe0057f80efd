/** A browser's long description of itself, as people would name it. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

export function browserOf(description: string): string | null {
  const names = [nameIn(BROWSERS, description), nameIn(SYSTEMS, description)].filter((name) => name !== null);
  return names.length > 0 ? names.join(", ") : null;
}

function nameIn(table: readonly (readonly [RegExp, string])[], description: string): string | null {
  return table.find(([pattern]) => pattern.test(description))?.[1] ?? null;
}
