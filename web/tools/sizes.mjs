// Fails when a part has grown past what its readers can bear. Sizes are those of the compressed
// copies that the gateway serves; the limits hold for brotli, which every browser of today takes.
// `node tools/sizes.mjs widget` looks at one part only.
import { existsSync, readdirSync, statSync } from "node:fs";

const LANGUAGE = /^words-(?:en|fa|ar)-.+\.js$/;

/** `of` says which sizes count, out of all that a part's build has made. */
const LIMITS = {
  widget: [
    { what: "loader", limit: 5_000, of: (all) => only(all, /^widget\.js$/) },
    { what: "loader, panel and one language", limit: 25_000, of: withOneLanguage },
  ],
  console: [{ what: "all of it", limit: 150_000, of: (all) => only(all, /\.(?:js|css|html)$/) }],
};

const wanted = process.argv.slice(2);
const parts = wanted.length > 0 ? wanted : Object.keys(LIMITS);
const tooLarge = parts.flatMap((part) => tell(part, sizes(new URL(`../dist/${part}/`, import.meta.url))));

if (tooLarge.length > 0) {
  console.error(`Too large, or not whole: ${tooLarge.join("; ")}`);
  process.exit(1);
}

/** What is too large, after a line for each file and each limit. */
function tell(part, all) {
  for (const { name, gzip, brotli } of all) console.log(`  ${name}: ${brotli} brotli, ${gzip} gzip`);
  return (LIMITS[part] ?? []).flatMap(({ what, limit, of }) => {
    const found = of(all);
    const [brotli, gzip] = [sum(found, "brotli"), sum(found, "gzip")];
    console.log(`${part}, ${what}: ${brotli} of ${limit} brotli (${gzip} gzip)`);
    return found.length > 0 && brotli <= limit ? [] : [`${part}, ${what}`];
  });
}

function sizes(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(?:js|css|html)$/.test(name))
    .map((name) => ({
      name,
      gzip: sizeOf(new URL(`${name}.gz`, folder), new URL(name, folder)),
      brotli: sizeOf(new URL(`${name}.br`, folder), new URL(name, folder)),
    }));
}

/** Files too small to be compressed are served as they are. */
function sizeOf(compressed, plain) {
  return statSync(existsSync(compressed) ? compressed : plain).size;
}

function only(all, pattern) {
  return all.filter(({ name }) => pattern.test(name));
}

/** Everything that is ever fetched by one visitor, in the largest of the languages. */
function withOneLanguage(all) {
  const languages = only(all, LANGUAGE).sort((one, other) => other.brotli - one.brotli);
  const rest = all.filter(({ name }) => !LANGUAGE.test(name));
  return languages.length === 3 && rest.length >= 2 ? [...rest, languages[0]] : [];
}

function sum(found, kind) {
  return found.reduce((total, each) => total + each[kind], 0);
}
