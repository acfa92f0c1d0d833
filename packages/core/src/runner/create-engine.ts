/**
 * Puts the engine together. Every call opens what it needs and closes it again; of a session nothing is kept between calls
 * but how long a followed journal was. What only reads is at hand; what runs, writes or verifies is loaded by the first call
 * that needs it, since `pm status` is typed more often than anything else and would pay for the sandbox, the workspace and
 * every gate.
 */

import { join } from "node:path";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { blobPath } from "../evidence/blobs.ts";
import { blobsOfEvent } from "../evidence/blobs-of-event.ts";
import { readRegularFile, sha256 } from "../evidence/read-journal.ts";
import { violationOf } from "../gates/violation-of.ts";
import type { LockHolder } from "../locks/file-lock.ts";
import { assertHomeApart } from "../project/home-apart.ts";
import { sessionLayout } from "../project/layout.ts";
import { approvalViewOf } from "./approvals.ts";
import { artifactOf } from "./artifact.ts";
import type { Engine } from "./engine.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { EngineSteps } from "./engine-steps.ts";
import type { EngineViews } from "./engine-views.ts";
import type { ExecutionResult } from "./execution-result.ts";
import { listSessions } from "./list-sessions.ts";
import { logEntries } from "./log-entries.ts";
import { readSession, type SessionReading } from "./read-session.ts";
import { refuseUncontinuable } from "./refuse-uncontinuable.ts";
import { assertNotHeld, sessionHolder, sessionInUse } from "./session-holder.ts";
import { createSessionIndex } from "./session-index.ts";
import { toExecutionResult } from "./to-execution-result.ts";

export function createEngine(options: EngineOptions): Engine {
  const index = createSessionIndex(options.home, options.cwd ?? process.cwd());
  const read = (sessionId: string) => readSession(index.find(sessionId), sessionId);
  let viewing: Promise<EngineViews> | undefined;
  const views = () => {
    viewing ??= import("./engine-views.ts").then(({ createEngineViews }) => createEngineViews(index));
    return viewing;
  };
  const steps = async (): Promise<EngineSteps> =>
    (await import("./engine-steps.ts")).createEngineSteps(index);
  const work = async () => (await import("./engine-work.ts")).createEngineWork(options, index);
  const proofs = async () => (await import("./engine-proofs.ts")).createEngineProofs(options.home, index);

  return {
    start: async (input) => (await work()).start(input),
    continueSession: async (input) => (await work()).continueSession(input),
    approve: async (input) => (await work()).approve(input),
    cancel: async (sessionId, refs) => (await work()).cancel(sessionId, refs),
    verify: async (sessionId, given) => (await proofs()).verify(sessionId, given),
    verifyExport: async (path, given) => (await proofs()).verifyExport(path, given),
    exportSession: async (sessionId) => (await proofs()).exportSession(sessionId),

    async status(sessionId) {
      const project = index.find(sessionId);
      let result: ExecutionResult;
      try {
        const session = readSession(project, sessionId);
        result = toExecutionResult(session.state, session.dir, session.read);
        // All evidence of a common session is hashed in a few milliseconds, and no other status is taken for proof.
        if (result.overall_status === "COMPLETE") assertBlobs(session);
      } catch (error) {
        return damaged(project, sessionId, error);
      }
      const holder = sessionHolder(project, sessionId);
      return holder ? whileHeld(result, holder) : result;
    },
    refs: async (sessionId) =>
      [...read(sessionId).state.tasks.values()].flatMap(({ submitted: { task_id, ref }, cancelled }) =>
        ref === undefined ? [] : [{ task_id, ref, cancelled }],
      ),
    async continuable(sessionId, tasks) {
      const project = index.find(sessionId);
      assertHomeApart(options.home, project);
      assertNotHeld(project, sessionId);
      refuseUncontinuable(read(sessionId).state, { sessionId, ...(tasks && { tasks }) });
      return { project };
    },
    async approvalView(sessionId) {
      assertNotHeld(index.find(sessionId), sessionId);
      return approvalViewOf(sessionId, read(sessionId));
    },
    sessions: async (project) => listSessions(index, project),
    logs: async (sessionId, taskId) => logEntries(read(sessionId).lines, taskId),
    artifact: async (sessionId, name, taskId) => artifactOf(read(sessionId), name, taskId),
    taskView: async (sessionId, taskId) => (await views()).taskView(sessionId, taskId),
    journal: async (sessionId, after) => (await views()).journal(sessionId, after),
    evidence: async (sessionId, sha256) => (await views()).evidence(sessionId, sha256),
    agentSteps: async (sessionId) => (await steps()).agentSteps(sessionId),
    restoreProject: async (input) => (await steps()).restoreProject(input),
  };
}

/** A run that is under way is not one that was cut short: there is nothing to approve, and somebody is at it. */
function whileHeld(result: ExecutionResult, holder: LockHolder): ExecutionResult {
  const id = result.session_id;
  const violations = result.violations.filter(({ code }) => code !== "E234");
  if (result.overall_status === "INCOMPLETE")
    violations.push(violationOf("E401", "runner", "INCOMPLETE", sessionInUse(id, holder).data));
  return { ...result, violations, next_action: `pm logs ${id}` };
}

/** @throws RunnerError for the first blob that the journal names and that is not what it was. */
function assertBlobs({ dir, lines }: SessionReading): void {
  const named = new Map(lines.flatMap(({ event }) => blobsOfEvent(event)).map((ref) => [blobPath(ref), ref]));
  for (const [path, { sha256: digest }] of named)
    if (sha256(readRegularFile(join(dir, path))) !== digest) throw new RunnerError("E303", { path });
}

/** Nothing of a damaged journal is believed, its tasks included. */
function damaged(project: string, id: string, error: unknown): ExecutionResult {
  if (!isRunnerError(error) || !["E301", "E302", "E303", "E206"].includes(error.code)) throw error;
  return {
    session_id: id,
    overall_status: "INVALID",
    evidence_path: sessionLayout(project, id).dir,
    next_action: `pm verify ${id}`,
    violations: [violationOf(error.code, "runner", "INVALID", { ...error.data, session: id })],
    tasks: [],
  };
}
