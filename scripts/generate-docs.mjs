/**
 * Writes the documents that are generated from code; with `--check` writes nothing and fails where one differs.
 * Reads the sources themselves, so that no build is needed first.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { renderErrors, renderGates, renderLifecycle } from "./lib/render-docs.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

async function loadRegistries() {
  const folder = mkdtempSync(join(tmpdir(), "pm-docs-"));
  try {
    const outfile = join(folder, "registries.mjs");
    const contents = [
      'export { ERROR_CODES } from "./errors/codes.ts";',
      'export { GATES } from "./gates/registry.ts";',
      'export { PHASES } from "./lifecycle/phases.ts";',
      'export { QUEUE_TRANSITIONS } from "./lifecycle/task-states.ts";',
      'export { TRANSITIONS } from "./lifecycle/transitions.ts";',
    ].join("\n");
    await build({
      stdin: { contents, resolveDir: join(root, "packages/core/src"), loader: "ts" },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      outfile,
      logLevel: "error",
      // Dependencies in CommonJS ask for Node's own modules by `require`.
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { ERROR_CODES, GATES, PHASES, QUEUE_TRANSITIONS, TRANSITIONS } = await loadRegistries();
const documents = {
  "docs/errors.md": renderErrors(ERROR_CODES),
  "docs/lifecycle.md": renderLifecycle(TRANSITIONS, PHASES, QUEUE_TRANSITIONS),
  "docs/gates.md": renderGates(GATES),
};

function current(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

const stale = Object.keys(documents).filter((path) => current(path) !== documents[path]);
if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    process.stderr.write(
      `Not what the code says: ${stale.join(", ")}. Run: node scripts/generate-docs.mjs\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const path of stale) writeFileSync(join(root, path), documents[path]);
  process.stdout.write(stale.length === 0 ? "Nothing to change.\n" : `Wrote ${stale.join(", ")}.\n`);
}
