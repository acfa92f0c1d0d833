import { lstat, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { projectLayout } from "./layout.ts";
import { isWithin } from "./paths.ts";
import { loadReplConfig, type ReplConfig } from "./repl-config.ts";
import { replaceFile } from "./replace-file.ts";
import { quoteWords } from "./split-words.ts";

/**
 * Changes the project's choice in `.claude/repl.json`; what `change` leaves out stays. A model of null is the provider's default.
 * @throws RunnerError E105 without a .claude folder, E104 where the file is a link or can't be written, E107, E108 where what
 *   is there is not valid: it is left alone then
 */
export async function saveReplConfig(project: string, change: ReplConfig): Promise<ReplConfig> {
  const { claudeDir, replConfig: path } = projectLayout(resolve(project));
  const root = await realpath(resolve(project)).catch(() => null);
  const folder = await realpath(claudeDir).catch(() => null);
  if (root === null || folder === null) {
    throw new RunnerError("E105", { path: project, project: quoteWords([project]) });
  }
  if (!isWithin(folder, root)) {
    throw new RunnerError("E104", { path: claudeDir, reason: "it is a link that leads out of the project" });
  }
  const found = await lstat(path).catch(() => null);
  if (found?.isSymbolicLink()) throw new RunnerError("E104", { path, reason: "it is a symbolic link" });
  const { provider, model } = { ...(await loadReplConfig(project)), ...change };
  const saved: ReplConfig = {
    ...(provider !== undefined && { provider }),
    ...(typeof model === "string" && { model }),
  };
  await replaceFile(path, `${JSON.stringify(saved, null, 2)}\n`, found === null ? 0o644 : found.mode & 0o777);
  return saved;
}
