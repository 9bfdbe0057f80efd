import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("../dist/widget", import.meta.url));

/** The loader: one classic script of a fixed name, built after the panel whose name it carries. */
export default defineConfig({
  root: here,
  define: { __PANEL__: JSON.stringify(panelFile()) },
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    lib: { entry: "loader/main.ts", formats: ["iife"], name: "peyk", fileName: () => "widget.js" },
  },
});

function panelFile(): string {
  const [file, ...others] = readdirSync(dist).filter((name) => /^panel-.+\.js$/.test(name));
  if (!file || others.length > 0) throw new Error("Build the panel first, into an empty folder.");
  return file;
}
