import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

const OWN = ["CLAUDE.md", join(".claude", "CLAUDE.md")];
/** What other agents read; Claude Code's own files stand in for it where there are any. */
const COMMON = ["AGENTS.md"];
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
  const parts = (await readAll(root, OWN)) ?? (await readAll(root, COMMON));
  if (parts === null) return null;
  const bytes = Buffer.from(parts);
  if (bytes.length <= MAX_BYTES) return parts;
  return `${bytes.subarray(0, MAX_BYTES).toString("utf8")}\n[cut here; the rest is in the file]`;
}

async function readAll(root: string, names: readonly string[]): Promise<string | null> {
  const parts: string[] = [];
  for (const name of names) {
    const path = await realpath(join(root, name)).catch(() => null);
    if (path === null || !path.startsWith(root + sep)) continue;
    const text = (await readFile(path, "utf8").catch(() => "")).replaceAll("\0", "");
    if (text.trim() !== "") parts.push(`${name} of this project:\n\n${text}`);
  }
  return parts.length === 0 ? null : parts.join("\n\n");
}
