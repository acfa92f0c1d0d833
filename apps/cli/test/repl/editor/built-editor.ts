import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Bundles the editor for a process of its own. @returns the module's path, in `directory` */
export async function builtEditor(directory: string): Promise<string> {
  const outfile = join(directory, "editor.mjs");
  const from = (name: string) => JSON.stringify(source(`src/repl/editor/${name}.ts`));
  await build({
    stdin: {
      contents: `export * from ${from("storage/history")}; export * from ${from("storage/draft")};
        export * from ${from("press-key")}; export * from ${from("editor-state")};
        export * from ${from("keys/key-reader")};`,
      resolveDir: source("."),
    },
    alias: { "@pm/core": source("../../packages/core/src/locks/process-identity.ts") },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "error",
  });
  return outfile;
}
