import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BuiltClaimant {
  readonly path: string;
  /** URL of the engine's module, built with it. */
  readonly module: string;
  remove(): void;
}

/**
 * Bundles the claimant and the engine of `modulePath` for plain Node, which on Node 20 reads no TypeScript.
 * The bundles stand below this package's node_modules, that the packages left out of them (native, or large) are found.
 */
export async function buildClaimant(modulePath: string): Promise<BuiltClaimant> {
  const parent = here("../../node_modules/.cache");
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, "claimant-"));
  await build({
    entryPoints: { claimant: here("./claimant.ts"), engine: modulePath },
    bundle: true,
    // Both must have the same error class.
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outdir: dir,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
    alias: { "@pm/core": here("../../../core/src/index.ts") },
    external: ["@photostructure/sqlite", "@aws-sdk/*", "@smithy/*", "dynalite"],
    // Packages in CommonJS ask for `require`, which an ES module has not.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return {
    path: join(dir, "claimant.mjs"),
    module: pathToFileURL(join(dir, "engine.mjs")).href,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
