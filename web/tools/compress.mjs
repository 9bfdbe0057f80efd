// Puts compressed copies beside each built text file; the gateway serves them to whoever takes them.
// `node tools/compress.mjs widget` does one part only.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SMALLEST = 500;
const dist = new URL("../dist/", import.meta.url);
const parts = process.argv.slice(2);

for (const part of parts.length > 0 ? parts : readdirSync(dist)) {
  const folder = new URL(`${part}/`, dist);
  if (existsSync(folder)) compress(folder);
}

function compress(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css|html|svg)$/.test(name)) continue;
    const content = readFileSync(new URL(name, folder));
    if (content.length < SMALLEST) continue;
    writeFileSync(new URL(`${name}.br`, folder), brotli(content));
    writeFileSync(new URL(`${name}.gz`, folder), gzipSync(content, { level: 9 }));
  }
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}
