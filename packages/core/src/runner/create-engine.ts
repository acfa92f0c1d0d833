/**
 * Puts the engine together. Every call opens what it needs and closes it again; nothing is kept between calls.
 * What only reads is at hand; what runs, writes or verifies is loaded by the first call that needs it, since `pm status`
 * is typed more often than anything else and would pay for the sandbox, the workspace and every gate.
 */
import { approvalViewOf } from "./approvals.ts";
import { artifactOf } from "./artifact.ts";
import type { Engine } from "./engine.ts";
import type { EngineOptions } from "./engine-options.ts";
import { listSessions } from "./list-sessions.ts";
import { logEntries } from "./log-entries.ts";
import { readSession } from "./read-session.ts";
import { createSessionIndex } from "./session-index.ts";
import { toExecutionResult } from "./to-execution-result.ts";

export function createEngine(options: EngineOptions): Engine {
  const index = createSessionIndex(options.home, options.cwd ?? process.cwd());
  const read = (sessionId: string) => readSession(index.find(sessionId), sessionId);
  const work = async () => (await import("./engine-work.ts")).createEngineWork(options, index);

  return {
    start: async (input) => (await work()).start(input),
    continueSession: async (input) => (await work()).continueSession(input),
    approve: async (input) => (await work()).approve(input),
    cancel: async (sessionId) => (await work()).cancel(sessionId),
    verify: async (sessionId) => (await work()).verify(sessionId),

    async status(sessionId) {
      const { state, dir, read: text } = read(sessionId);
      return toExecutionResult(state, dir, text);
    },
    approvalView: async (sessionId) => approvalViewOf(sessionId, read(sessionId)),
    sessions: async (project) => listSessions(index, project),
    logs: async (sessionId, taskId) => logEntries(read(sessionId).lines, taskId),
    artifact: async (sessionId, name, taskId) => artifactOf(read(sessionId), name, taskId),
  };
}
