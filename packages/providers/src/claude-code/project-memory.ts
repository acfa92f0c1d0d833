import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

const NAMES = ["CLAUDE.md", join(".claude", "CLAUDE.md"), "AGENTS.md"];
/** One argument of a process may have 128 KiB on Linux. */
const MAX_BYTES = 64 * 1024;

/**
 * The project's own words to agents. Claude Code reads them only together with the project's settings, and those may
 * run hooks and move the API elsewhere, so its settings stay off and the text is handed over by us.
 * @returns null where there is none; a link that leads out of the workspace counts as none.
 */
export async function projectMemory(workspaceDir: string): Promise<string | null> {
  const root = await realpath(workspaceDir).catch(() => null);
  if (root === null) return null;
  for (const name of NAMES) {
    const path = await realpath(join(root, name)).catch(() => null);
    if (path === null || !path.startsWith(root + sep)) continue;
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null || bytes.length === 0) continue;
    const cut = bytes.length > MAX_BYTES;
    const text = bytes.subarray(0, MAX_BYTES).toString("utf8").replaceAll("\0", "");
    return `${name} of this project:\n\n${text}${cut ? "\n[cut here; the rest is in the file]" : ""}`;
  }
  return null;
}
