import { randomUUID } from "node:crypto";
import * as path from "node:path";
import type { TreeId } from "../evidence/change.ts";
import type { Checkout } from "../workspace/types.ts";
import type { TaskContext } from "./task-context.ts";

/** A fresh checkout of `tree` for the time of `work`. */
export async function withCheckout<T>(
  ctx: TaskContext,
  tree: TreeId,
  work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
  const checkout = await ctx.store.checkout(tree, path.join(ctx.workDir, `tree-${randomUUID().slice(0, 8)}`));
  try {
    return await work(checkout);
  } finally {
    await checkout.remove();
  }
}
