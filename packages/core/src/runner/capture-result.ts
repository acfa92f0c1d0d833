import type { TreeId } from "../evidence/change.ts";
import { baseOf } from "./material.ts";
import { inPhase, type TaskContext } from "./task-context.ts";

const PATCH_BYTES = 2 * 1024 * 1024;

/** Records `tree` as the task's result: what differs from the base as the gates need it, and as a patch for people. */
export async function captureResult(ctx: TaskContext, tree: TreeId): Promise<void> {
  const base = baseOf(ctx);
  const changes = await ctx.store.inspect(base, tree);
  ctx.session.record({
    type: "result.captured",
    ...inPhase(ctx, "EXECUTION"),
    subtask_id: null,
    tree,
    changes: ctx.session.blob("changes.json", JSON.stringify(changes, null, 2)),
    patch: ctx.session.blob("result.patch", await ctx.store.patch(base, tree, PATCH_BYTES)),
    survivors: 0,
  });
}
