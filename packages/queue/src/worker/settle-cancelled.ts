import { type Engine, isRunnerError, type TaskQueue } from "@pm/core";
import { parseRef } from "./ref-of.ts";

/**
 * Tells a session which of its tasks were cancelled in the queue while it was in use. Without it the session would wait for
 * them for ever. What can't be told now is told the next time.
 */
export async function settleCancelled(engine: Engine, queue: TaskQueue, sessionId: string): Promise<void> {
  try {
    const refs = (await engine.refs(sessionId)).filter(({ cancelled }) => !cancelled).map(({ ref }) => ref);
    // One task, the usual case, has just been dealt with.
    if (refs.length < 2) return;
    const cancelled: string[] = [];
    for (const ref of refs) {
      const parsed = parseRef(ref);
      if (parsed?.namespace !== queue.namespace) continue;
      const { state } = await queue.get(parsed.taskId);
      if (state === "CANCELLED") cancelled.push(ref);
    }
    if (cancelled.length > 0) await engine.cancel(sessionId, cancelled);
  } catch (error) {
    if (!isRunnerError(error)) throw error;
  }
}
