import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";
import { copyPages } from "./build/copy-pages.ts";
import { copyToolHost } from "./build/copy-tool-host.ts";
import { directImports } from "./build/direct-imports.ts";
import { nodeBuiltins } from "./build/node-builtins.ts";
import { slimInk } from "./build/slim-ink.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const packages = {
  "@pm/core": source("../../packages/core/src/index.ts"),
  "@pm/providers": source("../../packages/providers/src/index.ts"),
  "@pm/queue": source("../../packages/queue/src/index.ts"),
  "@pm/web": source("../web/src/index.ts"),
};

/** What `pm status` needs, and the parts that are loaded later, if at all. */
const chunks = {
  base: source("src/compose.ts"),
  later: [
    "work-part.ts",
    "run-part.ts",
    "web-part.ts",
    "api-part.ts",
    "engine-work.ts",
    "engine-views.ts",
    "engine-steps.ts",
    "queue-calls.ts",
    "open-sqlite-queue.ts",
    "open-dynamo-queue.ts",
  ],
};

/** It brings a native library, which no bundler can take in: the package's one dependency. */
const NATIVE = "@photostructure/sqlite";

// Everything else is bundled, from sources, so that unused modules fall away; one chunk per command, so that a command
// loads only what it uses.
export default defineConfig(({ outDir = "dist" }) => ({
  entry: ["src/main.ts"],
  format: ["esm"],
  target: "node20",
  platform: "node",
  splitting: true,
  minify: true,
  clean: true,
  dts: false,
  // Its plugin would come before ours, and leave every `require("node:…")` as it is.
  removeNodeProtocol: false,
  external: [NATIVE],
  noExternal: [new RegExp(`^(?!${NATIVE}$)`)],
  esbuildPlugins: [directImports(packages, chunks), nodeBuiltins(), slimInk()],
  // React's development build is four times as large, and Ink asks for its developer tools where DEV is set.
  define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  esbuildOptions(options) {
    options.jsx = "automatic";
    options.alias = packages;
    // The AWS SDK's CommonJS would ask for `require`, which modules don't have.
    options.mainFields = ["module", "main"];
    options.legalComments = "none";
  },
  onSuccess: async () => {
    await copyPages(source("../web/dist/client"), outDir);
    await copyToolHost(source("../../packages/providers/src/tools/tool-host"), outDir);
  },
}));
