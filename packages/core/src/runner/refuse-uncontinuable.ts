import { RunnerError } from "../errors/runner-error.ts";
import { overallStatus } from "../evidence/fold.ts";
import type { SessionState } from "../evidence/session-state.ts";
import type { TaskInput } from "./engine.ts";
import { pendingApproval } from "./pending-approval.ts";

export function refsOf(state: SessionState): Set<string> {
  return new Set(
    [...state.tasks.values()].flatMap(({ submitted: { ref } }) => (ref === undefined ? [] : [ref])),
  );
}

/**
 * A session that is COMPLETE goes on where there is more for it to do.
 * @param expired until when an approval of it was to be used that now is void
 * @throws RunnerError E204, E205
 */
export function refuseUncontinuable(
  state: SessionState,
  { sessionId: id, tasks = [] }: { sessionId: string; tasks?: readonly TaskInput[] },
  expired: string | null = null,
): void {
  const status = overallStatus(state);
  const all = [...state.tasks.values()];
  const cancelled =
    all.some((task) => task.cancelled) && all.every((task) => task.cancelled || task.status === "COMPLETE");
  const known = refsOf(state);
  if (status === "COMPLETE" && tasks.some(({ ref }) => ref === undefined || !known.has(ref))) return;
  if (status !== "INCOMPLETE" || cancelled)
    throw new RunnerError("E204", { id, status: cancelled ? "cancelled" : status });
  const pending = pendingApproval(state);
  if (pending) {
    const reasons = pending.violations.map(({ message }) => message.replace(/\.$/, ""));
    if (expired !== null) reasons.unshift(`its approval was not used by ${expired}, and is void`);
    throw new RunnerError("E205", { id, reason: reasons.join("; "), ...(expired !== null && { expired }) });
  }
}
