import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { withShortWords } from "./short-words.vite";

const JSX_IMPORT = 'import { h as jsxH, Fragment as JsxFragment } from "preact";\n';

/** The panel: one module whose name changes with its content, fetched on the first opening. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [withShortWords(), withH(), withoutNotes()],
  oxc: { jsx: { runtime: "classic", pragma: "jsxH", pragmaFrag: "JsxFragment" } },
  build: {
    outDir: fileURLToPath(new URL("../dist/widget", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    minify: "terser",
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } },
    lib: { entry: "panel.tsx", formats: ["es"] },
    rolldownOptions: {
      output: {
        entryFileNames: "panel-[hash].js",
        chunkFileNames: "words-[name]-[hash].js",
      },
    },
  },
});

/** Takes out what bundlers tell each other; nobody bundles this file again. */
function withoutNotes(): Plugin {
  return {
    name: "without-notes",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk") file.code = file.code.replace(/\/\* @__PURE__ \*\/\n?/g, "");
        }
      },
    },
  };
}

/** JSX becomes calls of `h`, which are shorter than those of the automatic runtime. */
function withH(): Plugin {
  return {
    name: "with-h",
    enforce: "pre",
    transform: (code, id) => (id.endsWith(".tsx") ? JSX_IMPORT + code : null),
  };
}
