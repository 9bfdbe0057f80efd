import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The panel: one module whose name changes with its content, fetched on the first opening. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../dist/widget", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: "panel.tsx",
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "panel-[hash].js", chunkFileNames: "words-[name]-[hash].js" },
    },
  },
});
