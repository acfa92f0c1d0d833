import { type Engine, isRunnerError } from "@pm/core";

/** Tells a session that one of its tasks was cancelled. */
export async function cancelInSession(engine: Engine, sessionId: string, ref: string): Promise<void> {
  try {
    await engine.cancel(sessionId, [ref]);
  } catch (error) {
    // It never got so far, or it was through already; its status says which.
    if (!isRunnerError(error)) throw error;
  }
}
