import * as fs from "node:fs";
import { isRunnerError } from "../errors/runner-error.ts";
import { isBegun } from "../evidence/is-begun.ts";
import { projectLayout, SESSION_ID_PATTERN, sessionLayout } from "../project/layout.ts";
import type { SessionSummary } from "./engine.ts";
import { readSession } from "./read-session.ts";
import type { SessionIndex, SessionIndexEntry } from "./session-index.ts";
import { toExecutionResult } from "./to-execution-result.ts";

/** Newest first; of one project where given, else of all that the home folder knows. */
export function listSessions(index: SessionIndex, project?: string): SessionSummary[] {
  const entries = index.entries();
  const known = entries.filter((entry) => project === undefined || entry.project === project);
  const here =
    project === undefined
      ? []
      : sessionsOnDisk(project)
          .filter((session_id) => !isCopy(entries, session_id, project))
          .map((session_id) => ({ session_id, project }));
  const all = new Map([...known, ...here].map((entry) => [entry.session_id, entry.project]));
  return [...all]
    .flatMap(([id, root]) => summaryOf(root, id))
    .sort((a, b) => b.opened_at.localeCompare(a.opened_at));
}

/** A copy of a project brings copies of its sessions along: those are the other one's, as long as that has them. */
function isCopy(entries: readonly SessionIndexEntry[], id: string, project: string): boolean {
  const owner = entries.findLast(
    (entry) => entry.session_id === id && isBegun(sessionLayout(entry.project, id).dir),
  );
  return owner !== undefined && fs.realpathSync(owner.project) !== fs.realpathSync(project);
}

function sessionsOnDisk(project: string): string[] {
  const dir = projectLayout(project).sessionsDir;
  return fs.existsSync(dir) ? fs.readdirSync(dir).filter((name) => SESSION_ID_PATTERN.test(name)) : [];
}

/** A session whose folder is gone, or that was stopped before it began, is left out; a damaged one shows as INVALID. */
function summaryOf(project: string, id: string): SessionSummary[] {
  if (!isBegun(sessionLayout(project, id).dir)) return [];
  try {
    const { state, dir, read } = readSession(project, id);
    const { overall_status, tasks } = toExecutionResult(state, dir, read);
    const refs = [...state.tasks.values()].flatMap(({ submitted: { ref } }) => ref ?? []);
    return [{ session_id: id, project, opened_at: state.openedAt ?? "", overall_status, tasks, refs }];
  } catch (error) {
    if (isRunnerError(error))
      return [{ session_id: id, project, opened_at: "", overall_status: "INVALID", tasks: [], refs: [] }];
    throw error;
  }
}
