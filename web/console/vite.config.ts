import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// The console is served from the gateway under a strict content security policy, so nothing may
// be inlined: neither assets as data nor the module-preload helper.
export default defineConfig({
  root: here("."),
  base: "/console/",
  build: {
    outDir: here("../dist/console"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    rolldownOptions: { input: [here("index.html"), here("preview.html")] },
  },
  server: {
    proxy: { "/api": { target: "http://127.0.0.1:8080", ws: true } },
  },
});
