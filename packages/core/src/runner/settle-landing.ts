/** What becomes of a landing: finished, undone, or open still where the disk allows neither. */
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import type { TreeId } from "../evidence/change.ts";
import type { TaskState } from "../evidence/session-state.ts";
import type { SessionHandle, TaskContext } from "./task-context.ts";

export type Landing = Pick<TaskContext, "session" | "store" | "taskId" | "task">;

/** L3 of `land.ts`. @throws as `failLanding` */
export async function settleLanding(ctx: Landing): Promise<void> {
  const { landing } = ctx.task();
  if (!landing) return;
  const outcome = await ctx.store
    .recoverLanding(landing.from, landing.to)
    .catch((error: unknown) => failLanding(ctx, landing.from, error));
  if (outcome === "finished") finishLanding(ctx, landing.to);
  else undone(ctx, landing.from);
}

/** Of the store's errors, those that mean that the project would not be written. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(["E101", "E102", "E103", "E104", "E119"]);

/** L4 of `land.ts`. @throws E239 with the landing open; else with the landing undone: E238, or what the store threw */
export function failLanding(ctx: Landing, from: TreeId, error: unknown): never {
  if (!isRunnerError(error)) throw error;
  const session = ctx.session.id;
  if (error.code === "E239") throw new RunnerError("E239", { ...error.data, session }, error);
  undone(ctx, from);
  if (!NOT_WRITTEN.has(error.code)) throw error;
  const { path, reason = "it is not there" } = error.data;
  throw new RunnerError("E238", { path, reason, session }, error);
}

function undone(ctx: Landing, tree: TreeId): void {
  ctx.session.record({ type: "landing.undone", task_id: ctx.taskId, tree });
}

export function finishLanding(ctx: Pick<TaskContext, "session" | "taskId">, tree: TreeId): void {
  ctx.session.record({ type: "landing.finished", task_id: ctx.taskId, tree });
  ctx.session.checkpointSoon();
}

/** Settles what is open of some tasks of a session. @throws RunnerError E239 where a landing stays open. */
export async function settleLandings(
  session: SessionHandle,
  store: TaskContext["store"],
  tasks: readonly TaskState[],
): Promise<void> {
  for (const task of tasks) {
    const taskId = task.submitted.task_id;
    await settleLanding({ session, store, taskId, task: () => task }).catch((error: unknown) => {
      // Undone, though it could not be finished: the project is whole.
      if (task.landing !== null) throw error;
    });
  }
}
