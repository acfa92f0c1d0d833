/**
 * The engine's calls that give back what a session's agents did and what they started from. They only read: the store is
 * asked for trees, with a folder for its temporary files that lies outside the project and is removed.
 *
 * Invariants:
 * B1 nothing is read from evidence that is not whole (E310), or that somebody is adding to (E401);
 * B2 what is no longer there is E523 with the reason, never an empty answer.
 */
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { projectLayout } from "../project/layout.ts";
import { createSnapshotStore } from "../workspace/create-snapshot-store.ts";
import { removeTree } from "../workspace/open-access.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import { assertWhole } from "./assert-whole.ts";
import type { Engine } from "./engine.ts";
import { executionBases } from "./execution-bases.ts";
import { readAgentSteps } from "./read-agent-steps.ts";
import { readSession, type SessionReading } from "./read-session.ts";
import { restoreProject } from "./restore-project.ts";
import { assertNotHeld } from "./session-holder.ts";
import type { SessionIndex } from "./session-index.ts";

export type EngineSteps = Pick<Engine, "agentSteps" | "restoreProject">;

export function createEngineSteps(index: SessionIndex): EngineSteps {
  async function withStore<T>(
    sessionId: string,
    work: (reading: SessionReading, store: SnapshotStore, project: string) => Promise<T>,
  ): Promise<T> {
    const project = index.find(sessionId);
    assertNotHeld(project, sessionId);
    const reading = readSession(project, sessionId);
    assertWhole(reading.dir, sessionId);
    const storeDir = projectLayout(project).store;
    if (!existsSync(storeDir)) throw gone(sessionId, "the project's snapshot store is no longer there");
    const workDir = await mkdtemp(join(tmpdir(), "pm-read-"));
    try {
      const store = await createSnapshotStore({ projectDir: project, storeDir, workDir });
      return await work(reading, store, project);
    } catch (error) {
      if (!isRunnerError(error, "E308")) throw error;
      throw gone(
        sessionId,
        `a tree of it is no longer in the project's snapshot store (${error.data.reason})`,
        error,
      );
    } finally {
      await removeTree(workDir);
    }
  }

  return {
    agentSteps: (sessionId) =>
      withStore(sessionId, (reading, store) => readAgentSteps(sessionId, reading, store)),

    restoreProject: ({ sessionId, taskId, dir }) =>
      withStore(sessionId, async (reading, store, project) => {
        const base = executionBases(reading.lines).get(taskId);
        if (base === undefined) throw gone(sessionId, `${taskId} never took a snapshot to start from`);
        await restoreProject({ reading, store, project, base, dir });
      }),
  };
}

function gone(session: string, reason: string, cause?: unknown): RunnerError {
  return new RunnerError("E523", { session, reason }, cause);
}
