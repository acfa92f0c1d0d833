import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles a TypeScript file so that plain Node can run it as a process of its own.
 * @param source `new URL("./x.ts", import.meta.url)`. @returns the path of the built file in `dir`.
 */
export async function buildScript(source: URL, dir: string): Promise<string> {
  const entry = fileURLToPath(source);
  const outfile = join(dir, `${basename(entry, ".ts")}.mjs`);
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outfile,
    // Packages in CommonJS ask for `require`, which an ES module has not.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return outfile;
}
