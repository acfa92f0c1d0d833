import type { TreeId } from "../evidence/change.ts";
import type { Checkout } from "../workspace/types.ts";
import type { TaskContext } from "./task-context.ts";

/** A fresh checkout of `tree` for the time of `work`. */
export async function withCheckout<T>(
  ctx: TaskContext,
  tree: TreeId,
  work: (checkout: Checkout) => Promise<T>,
): Promise<T> {
  const checkout = await ctx.checkouts.own(tree);
  try {
    return await work(checkout);
  } finally {
    ctx.checkouts.giveBack(checkout);
  }
}
