// Fails when the widget has grown past what a page can bear. Sizes are those of gzip.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LOADER_LIMIT = 5_000;
const ALL_LIMIT = 25_000;

const folder = new URL("../dist/widget/", import.meta.url);
const sizes = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length]),
);

const loader = largest(/^widget\.js$/);
const all = loader + rest() + largest(/^words-(en|fa|ar)-/);
for (const [name, size] of sizes) console.log(`${name}: ${size} bytes compressed`);
console.log(`loader ${loader} of ${LOADER_LIMIT}; with panel and one language ${all} of ${ALL_LIMIT}`);

if (!(loader <= LOADER_LIMIT && all <= ALL_LIMIT)) {
  console.error("The widget is too large, or a part of it is missing.");
  process.exit(1);
}

/** Everything that is fetched whatever the language. */
function rest() {
  const found = [...sizes].filter(([name]) => !/^widget\.js$|^words-(en|fa|ar)-/.test(name));
  return found.reduce((sum, [, size]) => sum + size, 0);
}

function largest(pattern) {
  const found = [...sizes].filter(([name]) => pattern.test(name)).map(([, size]) => size);
  return found.length > 0 ? Math.max(...found) : Number.NaN;
}
