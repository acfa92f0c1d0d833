import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Everything is bundled, from sources, so that the package has no dependency and unused modules fall away;
// one chunk per command, so that a command loads only what it uses.
export default defineConfig({
  entry: ["src/main.ts"],
  format: ["esm"],
  target: "node20",
  platform: "node",
  splitting: true,
  treeshake: false,
  minify: true,
  clean: true,
  dts: false,
  noExternal: [/.*/],
  esbuildOptions(options) {
    options.alias = {
      "@pm/core": source("../../packages/core/src/index.ts"),
      "@pm/providers": source("../../packages/providers/src/index.ts"),
    };
    options.legalComments = "none";
    options.chunkNames = "[name]-[hash]";
  },
});
