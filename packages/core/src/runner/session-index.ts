import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import { parseSessionId, sessionLayout } from "../project/layout.ts";

const entrySchema = z.object({ session_id: z.string(), project: z.string(), opened_at: z.string() });
export type SessionIndexEntry = z.infer<typeof entrySchema>;

/**
 * `sessions.jsonl` in the home folder: where a session's project is, so that its id is enough from any directory.
 * It is a convenience, not evidence: a line that can't be read is passed over.
 */
export interface SessionIndex {
  add(entry: SessionIndexEntry): void;
  entries(): SessionIndexEntry[];
  /** @returns the project of a session. @throws RunnerError E201, E202, E203. */
  find(sessionId: string): string;
}

/** @param cwd is looked at too: a project that was moved or came from another machine. */
export function createSessionIndex(home: string, cwd: string): SessionIndex {
  const file = path.join(home, "sessions.jsonl");
  const has = (project: string, id: string) => fs.existsSync(sessionLayout(project, id).journal);
  const index: SessionIndex = {
    add(entry) {
      fs.mkdirSync(home, { recursive: true, mode: 0o700 });
      fs.appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
    entries() {
      const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
      return text.split("\n").flatMap(parseEntry);
    },
    find(sessionId) {
      const id = parseSessionId(sessionId);
      const known = index.entries().findLast((entry) => entry.session_id === id && has(entry.project, id));
      if (known) return known.project;
      if (has(cwd, id)) return cwd;
      throw new RunnerError("E203", { id });
    },
  };
  return index;
}

function parseEntry(line: string): SessionIndexEntry[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
