// Puts a compressed copy beside each built text file; the gateway serves the copy to whoever takes it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const SMALLEST = 500;
const dist = new URL("../dist/", import.meta.url);

for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const content = readFileSync(new URL(name, dist));
  if (content.length < SMALLEST) continue;
  writeFileSync(new URL(`${name}.br`, dist), brotliCompressSync(content));
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(content, { level: 9 }));
}
