import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BuiltClaimant {
  readonly path: string;
  remove(): void;
}

/**
 * Bundles the claimant with the engine of `modulePath` for plain Node, which on Node 20 reads no TypeScript.
 * The bundle stands below this package's node_modules, that the packages left out of it (native, or large) are found.
 */
export async function buildClaimant(modulePath: string): Promise<BuiltClaimant> {
  const parent = here("../../node_modules/.cache");
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, "claimant-"));
  const path = join(dir, "claimant.mjs");
  const contents = [
    `import { openQueue } from ${JSON.stringify(modulePath)};`,
    `import { runClaimant } from ${JSON.stringify(here("./claimant.ts"))};`,
    "await runClaimant(openQueue);",
  ].join("\n");
  await build({
    stdin: { contents, resolveDir: here("."), loader: "ts" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outfile: path,
    logLevel: "error",
    alias: { "@pm/core": here("../../../core/src/index.ts") },
    external: ["@photostructure/sqlite", "@aws-sdk/*", "@smithy/*", "dynalite"],
    // Packages in CommonJS ask for `require`, which an ES module has not.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return { path, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
