import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The demo shop: a page of its own that does nothing but sell, and carry the widget's tag. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/demo/",
  build: {
    outDir: fileURLToPath(new URL("../dist/demo", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
