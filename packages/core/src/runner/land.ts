/**
 * Landing: the result of a task that passed goes into the project's working tree, or nothing does.
 *
 * Invariants:
 * L1 `landing.started` is durable before the first byte of the user's is touched;
 * L2 what the user changed meanwhile is merged, and QA runs again on the merged tree before anything is written;
 * L3 a landing that a crash cut short is finished or undone before anything else happens, see `open-landing.ts` for those of others;
 * L4 one that fails is undone, and waits for a project that can be written; one that can't even be undone stays open.
 */
import type { TreeId } from "../evidence/change.ts";
import { violationOf } from "../gates/violation-of.ts";
import { baseOf } from "./material.ts";
import { noteLanding, withWholeProject } from "./open-landing.ts";
import { failLanding, finishLanding, settleLanding } from "./settle-landing.ts";
import type { TaskContext } from "./task-context.ts";

/** A project that changes faster than QA runs would be merged for ever. */
const MAX_MERGES = 5;

export function land(ctx: TaskContext): Promise<void> {
  return withWholeProject(ctx, async () => {
    await settleLanding(ctx);
    if (ctx.task().at !== "LANDING") return;
    ctx.signal.throwIfAborted();
    const to = resultTree(ctx);
    const base = baseOf(ctx);
    if (to === base) return finishLanding(ctx, base);
    const now = await ctx.store.snapshot(ctx.signal);
    if (now.tree !== base) return reconcile(ctx, base, now.tree);
    await write(ctx, base, to);
  });
}

async function write(ctx: TaskContext, from: TreeId, to: TreeId): Promise<void> {
  const paths = (await ctx.store.diff(from, to)).length;
  await noteLanding(ctx.session);
  ctx.session.record({ type: "landing.started", task_id: ctx.taskId, from, to, paths });
  const { conflicts } = await ctx.store
    .land(from, to)
    .catch((error: unknown) => failLanding(ctx, from, error));
  if (conflicts.length > 0) return conflict(ctx, from, conflicts);
  finishLanding(ctx, to);
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
