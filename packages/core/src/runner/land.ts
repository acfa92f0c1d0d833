/**
 * Landing: the result of a task that passed goes into the project's working tree, or nothing does.
 *
 * Invariants:
 * L1 `landing.started` is durable before the first byte of the user's is touched;
 * L2 what the user changed meanwhile is merged, and QA runs again on the merged tree before anything is written;
 * L3 a landing that a crash cut short is finished or undone before anything else happens;
 * L4 one that fails is undone, and waits for a project that can be written; one that can't even be undone stays open.
 */
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import type { TreeId } from "../evidence/change.ts";
import { violationOf } from "../gates/violation-of.ts";
import { baseOf } from "./material.ts";
import type { TaskContext } from "./task-context.ts";

/** A project that changes faster than QA runs would be merged for ever. */
const MAX_MERGES = 5;

export function land(ctx: TaskContext): Promise<void> {
  return ctx.withLandingLock(async () => {
    await settleLanding(ctx);
    if (ctx.task().at !== "LANDING") return;
    ctx.signal.throwIfAborted();
    const to = resultTree(ctx);
    const base = baseOf(ctx);
    if (to === base) return finish(ctx, base);
    const now = await ctx.store.snapshot(ctx.signal);
    if (now.tree !== base) return reconcile(ctx, base, now.tree);
    await write(ctx, base, to);
  });
}

async function write(ctx: TaskContext, from: TreeId, to: TreeId): Promise<void> {
  const paths = (await ctx.store.diff(from, to)).length;
  ctx.session.record({ type: "landing.started", task_id: ctx.taskId, from, to, paths });
  const { conflicts } = await ctx.store.land(from, to).catch((error: unknown) => fail(ctx, from, error));
  if (conflicts.length > 0) return conflict(ctx, from, conflicts);
  finish(ctx, to);
}

type Landing = Pick<TaskContext, "session" | "store" | "taskId" | "task">;

/** L3. @throws as `fail` */
export async function settleLanding(ctx: Landing): Promise<void> {
  const { landing } = ctx.task();
  if (!landing) return;
  const outcome = await ctx.store
    .recoverLanding(landing.from, landing.to)
    .catch((error: unknown) => fail(ctx, landing.from, error));
  if (outcome === "finished") finish(ctx, landing.to);
  else undone(ctx, landing.from);
}

/** Of the store's errors, those that mean that the project would not be written. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(["E101", "E102", "E103", "E104", "E119"]);

/** L4. @throws E239 with the landing open; else with the landing undone: E238, or what the store threw */
function fail(ctx: Landing, from: TreeId, error: unknown): never {
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

function finish(ctx: Pick<TaskContext, "session" | "taskId">, tree: TreeId): void {
  ctx.session.record({ type: "landing.finished", task_id: ctx.taskId, tree });
  ctx.session.checkpointSoon();
}

/** An agent without a sandbox could have written into the project itself: then nobody can tell whose edits these are. */
async function reconcile(ctx: TaskContext, base: TreeId, now: TreeId): Promise<void> {
  if (ctx.task().isolation !== "process") return mergeWithUser(ctx, now);
  const changed = await ctx.store.diff(base, now);
  conflict(
    ctx,
    now,
    changed.map((file) => file.path),
  );
}

async function mergeWithUser(ctx: TaskContext, now: TreeId): Promise<void> {
  const merged = await ctx.store.merge(baseOf(ctx), now, resultTree(ctx));
  if (merged.conflicts.length > 0) return conflict(ctx, now, merged.conflicts);
  if (ctx.task().merges >= MAX_MERGES) return conflict(ctx, now, ["the project, which keeps changing,"]);
  const changes = await ctx.store.inspect(now, merged.tree);
  ctx.session.record({
    type: "landing.merged",
    task_id: ctx.taskId,
    base: now,
    tree: merged.tree,
    changes: ctx.session.blob("changes.json", JSON.stringify(changes, null, 2)),
  });
  ctx.session.checkpointSoon();
}

function conflict(ctx: TaskContext, now: TreeId, paths: readonly string[]): void {
  const data = {
    paths: paths.join(", "),
    patch: `pm logs ${ctx.session.id} --patch`,
    session: ctx.session.id,
  };
  ctx.session.record({
    type: "landing.conflicted",
    task_id: ctx.taskId,
    now,
    violations: [
      violationOf("E231", "landing", "INCOMPLETE", data, {
        approval: "rerun",
        rerunFrom: "PLANNING",
        taskId: ctx.taskId,
        paths: [...paths],
      }),
    ],
  });
  ctx.session.checkpointSoon();
}

function resultTree(ctx: TaskContext): TreeId {
  const { result } = ctx.task();
  if (!result) throw new Error("LANDING without a result");
  return result.tree;
}
