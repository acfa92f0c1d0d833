import { fileURLToPath } from "node:url";
import { type Command, resolveClaudeCommand } from "../../src/index.ts";

/** The pinned Claude Code of this repository. */
export const REAL_CLAUDE: Command = resolveClaudeCommand({
  env: { PM_CLAUDE_BIN: fileURLToPath(new URL("../../../../node_modules/.bin/claude", import.meta.url)) },
});
