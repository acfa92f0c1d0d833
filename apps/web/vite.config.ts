import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path("src/client"),
  plugins: [react()],
  build: {
    outDir: path("dist/client"),
    emptyOutDir: true,
    // `light-dark()` is left to the browser: both themes come from one set of tokens.
    target: ["chrome123", "firefox120", "safari17.5"],
    // The page's policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
