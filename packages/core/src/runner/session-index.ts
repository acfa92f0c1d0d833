import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import { isBegun } from "../evidence/is-begun.ts";
import { fsError } from "../project/fs-error.ts";
import { parseSessionId, sessionLayout } from "../project/layout.ts";
import { makeDirs } from "../project/make-dirs.ts";

const entrySchema = z.object({ session_id: z.string(), project: z.string(), opened_at: z.string() });
export type SessionIndexEntry = z.infer<typeof entrySchema>;

/**
 * `sessions.jsonl` in the home folder: where a session's project is, so that its id is enough from any directory.
 * It is a convenience, not evidence: a line that can't be read is passed over.
 */
export interface SessionIndex {
  /** @throws RunnerError E109, E123. */
  add(entry: SessionIndexEntry): void;
  /** So that a session is not begun that could not be found again. Makes the home folder. @throws RunnerError E109, E123. */
  assertWritable(): void;
  entries(): SessionIndexEntry[];
  /** @returns the project of a session. @throws RunnerError E201, E202, E203. */
  find(sessionId: string): string;
}

/** @param cwd is looked at too: a project that was moved or came from another machine. */
export function createSessionIndex(home: string, cwd: string): SessionIndex {
  const file = path.join(home, "sessions.jsonl");
  const has = (project: string, id: string) => isBegun(sessionLayout(project, id).dir);
  const append = (text: string) => {
    try {
      makeDirs(home);
      fs.appendFileSync(file, text, { mode: 0o600 });
    } catch (error) {
      throw homeError(error, home);
    }
  };
  const index: SessionIndex = {
    add: (entry) => append(`${JSON.stringify(entry)}\n`),
    assertWritable: () => append(""),
    entries() {
      try {
        const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
        return text.split("\n").flatMap(parseEntry);
      } catch (error) {
        throw homeError(error, file);
      }
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

function homeError(error: unknown, path: string): RunnerError {
  const wrapped = fsError(error, path, "write");
  if (wrapped.code === "E109") return wrapped;
  return new RunnerError("E123", { path, reason: wrapped.data.reason }, error);
}
