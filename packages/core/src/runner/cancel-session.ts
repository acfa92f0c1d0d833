import * as path from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { overallStatus } from "../evidence/fold.ts";
import { lockHolder } from "../locks/file-lock.ts";
import { projectLayout } from "../project/layout.ts";
import { createSnapshotStore } from "../workspace/create-snapshot-store.ts";
import { requestCancel, withdrawCancel } from "./cancel-request.ts";
import type { OpenSession } from "./open-session.ts";
import { settleLandings } from "./settle-landing.ts";

const WAIT_MS = 15_000;

/** Asks a live holder to stop and waits until it has. */
export async function stopHolder(project: string, sessionId: string): Promise<void> {
  const lockDir = path.join(projectLayout(project).locksDir, sessionId);
  if (!lockHolder(lockDir)) return;
  requestCancel(project, sessionId);
  const deadline = performance.now() + WAIT_MS;
  while (lockHolder(lockDir) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  withdrawCancel(project, sessionId);
}

/** Ends what is not COMPLETE, of the tasks with one of `refs` where given. A landing that a crash cut short is finished or undone first. @throws RunnerError E204; E239 where that can't be done. */
export async function cancelTasks(session: OpenSession, refs?: readonly string[]): Promise<void> {
  const { workDir: scratch, store: storeDir } = projectLayout(session.project);
  const tasks = [...session.state.tasks.values()].filter(
    ({ submitted: { ref } }) => refs === undefined || (ref !== undefined && refs.includes(ref)),
  );
  const status = overallStatus(session.state);
  if (status !== "INCOMPLETE") throw new RunnerError("E204", { id: session.id, status });
  // Its run, when it was stopped, may have said so of the one that was under way.
  for (const task of tasks.filter(({ cancelled }) => !cancelled)) {
    const taskId = task.submitted.task_id;
    if (task.landing) {
      const workDir = path.join(scratch, session.id);
      const store = await createSnapshotStore({ projectDir: session.project, storeDir, workDir });
      await settleLandings(session, store, [task]);
    }
    if (task.status !== "COMPLETE") session.record({ type: "task.cancelled", task_id: taskId });
  }
  session.checkpoint();
}
