import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";
import { directImports } from "./build/direct-imports.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const packages = {
  "@pm/core": source("../../packages/core/src/index.ts"),
  "@pm/providers": source("../../packages/providers/src/index.ts"),
};

// Everything is bundled, from sources, so that the package has no dependency and unused modules fall away;
// one chunk per command, so that a command loads only what it uses.
export default defineConfig({
  entry: ["src/main.ts"],
  format: ["esm"],
  target: "node20",
  platform: "node",
  splitting: true,
  minify: true,
  clean: true,
  dts: false,
  noExternal: [/.*/],
  esbuildPlugins: [directImports(packages)],
  esbuildOptions(options) {
    options.alias = packages;
    options.legalComments = "none";
  },
});
