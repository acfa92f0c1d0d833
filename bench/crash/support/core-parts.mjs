/** Parts of core that its package doesn't export, bundled from their sources: what a journal says, without any process. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = fileURLToPath(new URL("../../../packages/core/src/", import.meta.url));
const ENTRY = `
export { canonicalJson } from "./evidence/canonical-json.ts";
export { applyLine, assertAllowed, foldSession, overallStatus } from "./evidence/fold.ts";
export { EMPTY_HEAD, parseJournal, sha256 } from "./evidence/read-journal.ts";
export { violationOf } from "./gates/violation-of.ts";
export { PHASES } from "./lifecycle/phases.ts";
export { pendingApproval } from "./runner/pending-approval.ts";
`;

export async function loadCoreParts(folder) {
  const dir = mkdtempSync(join(folder, "core-"));
  try {
    const outfile = join(dir, "core-parts.mjs");
    await build({
      stdin: { contents: ENTRY, resolveDir: SOURCES, loader: "ts" },
      ...{ outfile, bundle: true, platform: "node", target: "node20", format: "esm", logLevel: "error" },
      banner: {
        js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
      },
    });
    return await import(outfile);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
