import { join } from "node:path";
import { createClaudeCodeProvider } from "../../src/index.ts";
import { REAL_CLAUDE } from "../support/real-claude.ts";
import type { Driver } from "./driver.ts";

/** The real CLI, as pinned. */
export const CLAUDE_CODE: Driver = {
  name: "claude-code",
  write: (dir, path, content) => ["Write", { file_path: join(dir, path), content }],
  read: (dir, path) => ["Read", { file_path: join(dir, path) }],
  edit: (dir, path, old_string, new_string) => [
    "Edit",
    { file_path: join(dir, path), old_string, new_string },
  ],
  shell: (words) => [
    "Bash",
    { command: words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ") },
  ],
  answer: (value) => ["StructuredOutput", value],
  resumes: true,
  endsItself: true,
  exitOfFailure: 1,
  codes: {
    "400 of credit": "E511",
    "400 of length": "E511",
    "404": "E511",
    "413": "E511",
    "a refusal": "E511",
    "an answer that is too long": "E511",
    "a stream that breaks off": "E506",
  },
  make: (run, server, key) =>
    createClaudeCodeProvider({
      command: REAL_CLAUDE,
      env: { PATH: process.env.PATH, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: key },
      homeDir: join(run.dir, "person"),
      redactor: { redact: (text) => text },
      maxRetries: 2,
    }),
};
