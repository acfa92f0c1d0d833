/**
 * Whose a session is, for front ends that are told a folder. Its id is enough from anywhere, so a copy of a project must not
 * pass for the project: what is done to the session is done where its evidence is.
 */
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { projectLayout, SESSION_ID_PATTERN, sessionLayout } from "../project/layout.ts";
import { quoteWords } from "../project/split-words.ts";

/** @returns the project around `dir` where that holds evidence of the session, be it a copy; else null */
export function projectHolding(dir: string, sessionId: string): string | null {
  if (!SESSION_ID_PATTERN.test(sessionId)) return null;
  for (let at = resolve(dir); ; at = dirname(at)) {
    if (existsSync(projectLayout(at).pmDir)) return existsSync(sessionLayout(at, sessionId).dir) ? at : null;
    if (dirname(at) === at) return null;
  }
}

/** @param evidence where the engine has the session. @throws RunnerError E240 where that is not in `asked`, links aside */
export async function assertSessionOf(asked: string, sessionId: string, evidence: string): Promise<void> {
  const expected = sessionLayout(asked, sessionId).dir;
  if ((await real(evidence)) === (await real(expected))) return;
  const project = dirname(dirname(dirname(evidence)));
  throw new RunnerError("E240", { id: sessionId, project, asked, named: quoteWords([project]) });
}

const real = (path: string) => realpath(path).catch(() => path);
