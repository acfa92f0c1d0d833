/**
 * Runs one claimed task to its end: the only path from a claim to a final state, for workers and for whoever runs a task
 * in a terminal.
 *
 * Invariants:
 * C1 the queue knows the session before the session is opened, so that whoever takes the task over finds it (W2);
 * C2 the final state is derived from the engine's result, which is derived from evidence;
 * C3 once the lease is lost the engine is stopped and nothing more is written to the queue (W3).
 */
import {
  type ClaimedTask,
  type ClaimNextRequest,
  type Ending,
  type Engine,
  type ExecutionResult,
  isRunnerError,
  type QueueState,
  type RunControl,
  RunnerError,
  type TaskQueue,
} from "@pm/core";
import { cancelInSession } from "./cancel-in-session.ts";
import { chooseSession } from "./choose-session.ts";
import { endingOf, outcomeOfError } from "./ending-of.ts";
import { followsElsewhere } from "./follows-elsewhere.ts";
import { type HeldLease, holdLease } from "./hold-lease.ts";
import type { Place } from "./place.ts";
import { refOf } from "./ref-of.ts";
import { runInSession } from "./run-in-session.ts";
import { settleCancelled } from "./settle-cancelled.ts";
import { unmetRequirement } from "./unmet-requirement.ts";

/** The session is in use, waits for an approval, or for a disk that can be written: the task itself has not failed. */
const WAITING_CODES: ReadonlySet<string> = new Set(["E401", "E205", "E307"]);

export interface ClaimedWork {
  readonly engine: Engine;
  readonly queue: TaskQueue;
  readonly place: Place;
  readonly leaseMs: number;
  monotonic(): number;
}

export interface ClaimedControl extends Pick<RunControl, "signal" | "onEvent"> {
  /** Whether an interrupted task goes back to the queue, for another worker; else it waits for a person. */
  handBack(): boolean;
  /** Asked when the task has ended: what to claim in the same write; null: nothing. */
  next?(): ClaimNextRequest | null;
}

export interface ClaimedRun {
  /** Where the task is now; null: the lease was lost, and somebody else has it. */
  readonly state: QueueState | null;
  readonly sessionId: string | null;
  readonly result: ExecutionResult | null;
  /** What the engine or the queue threw. */
  readonly error: RunnerError | null;
  readonly next: ClaimedTask | null;
}

/** @throws RunnerError E420–E435 where the queue can't be used; the lease then ends by itself. */
export async function runClaimed(
  work: ClaimedWork,
  claimed: ClaimedTask,
  control: ClaimedControl,
): Promise<ClaimedRun> {
  const lease = holdLease(work.queue, claimed.claim, work);
  const lost: ClaimedRun = { state: null, sessionId: null, result: null, error: null, next: null };
  try {
    return await run(work, claimed, control, lease);
  } catch (error) {
    if (isRunnerError(error, "E412")) return lost;
    throw error;
  } finally {
    lease.stop();
  }
}

async function run(
  work: ClaimedWork,
  { task, claim }: ClaimedTask,
  control: ClaimedControl,
  lease: HeldLease,
): Promise<ClaimedRun> {
  const { queue, engine, place } = work;
  const finish = async (ending: Ending) => {
    const next = control.next?.() ?? undefined;
    const nextClaimed = await queue.finish(claim, ending, next);
    return { state: ending.state, next: nextClaimed };
  };
  const refused = await refusal(work, task);
  if (refused !== null) {
    const ended = await finish(refused.ending);
    return { ...ended, sessionId: task.session?.session_id ?? null, result: null, error: refused.error };
  }
  const followed = await followsElsewhere(work, task);
  if (followed !== null) {
    const { session_id: sessionId, place: there } = followed.session;
    await queue.bind(claim, { sessionId, place: there, project: followed.project });
    await queue.release(claim);
    return { state: "QUEUED", sessionId, result: null, error: null, next: null };
  }
  const sessionId = await chooseSession(work, task);
  await queue.bind(claim, { sessionId, place: place.place, project: place.ownKey });
  const signal = AbortSignal.any([
    lease.lost,
    lease.cancelled,
    ...(control.signal === undefined ? [] : [control.signal]),
  ]);
  const { result, error } = await runInSession(work, task, sessionId, { ...control, signal });
  if (lease.lost.aborted) return { state: null, sessionId, result, error, next: null };
  const ref = refOf(queue.namespace, task.task_id);
  if (lease.cancelled.aborted) await cancelInSession(engine, sessionId, ref);
  const own = result && (await engine.refs(sessionId).catch(() => [])).find((known) => known.ref === ref);
  const cancelled = lease.cancelled.aborted || own?.cancelled === true;
  const ending = endingFor(sessionId, result, own?.task_id ?? null, error, cancelled);
  if (goesBack(control, ending, result, error, cancelled)) {
    await queue.release(claim);
    return { state: "QUEUED", sessionId, result, error, next: null };
  }
  const ended = await finish(ending);
  await settleCancelled(engine, queue, sessionId);
  return { ...ended, sessionId, result, error };
}

/** Why a task must not begin: what it was to follow failed, or it was begun where its evidence is out of reach. */
async function refusal(work: ClaimedWork, task: ClaimedTask["task"]) {
  const unmet = await unmetRequirement(work, task);
  if (unmet !== null)
    return { error: unmet, ending: { state: "CANCELLED", outcome: outcomeOfError(unmet, null) } as const };
  if (task.session === null || task.session.place === work.place.place) return null;
  const { session_id: session, place } = task.session;
  const error = new RunnerError("E441", { id: task.task_id, place, session });
  const outcome = outcomeOfError(error, `pm continue ${session}`);
  return { error, ending: { state: "AWAITING_APPROVAL", outcome } as const };
}

function endingFor(
  sessionId: string,
  result: ExecutionResult | null,
  taskId: string | null,
  error: RunnerError | null,
  cancelled: boolean,
): Ending {
  if (result === null || (error !== null && taskId === null)) {
    const reason = error ?? new RunnerError("E203", { id: sessionId });
    const waits = WAITING_CODES.has(reason.code) ? "AWAITING_APPROVAL" : "ERROR";
    // A session that its task did not get into asks for one: this one.
    const asked = reason.code === "E307" ? `pm continue ${sessionId}` : (result?.next_action ?? null);
    const next = waits === "ERROR" ? null : asked;
    return { state: cancelled ? "CANCELLED" : waits, outcome: outcomeOfError(reason, next) };
  }
  const ending = endingOf(result, taskId, cancelled);
  if (error === null || result.overall_status !== "INCOMPLETE") return ending;
  // The session waits, and the error says for what better than its last result does.
  const outcome = { ...ending.outcome, code: error.code, message: error.message };
  return { state: cancelled ? "CANCELLED" : "AWAITING_APPROVAL", outcome };
}

/** Only what goes on by itself: a run of an agent that was cut short needs a person's word (the engine's rule). */
function goesBack(
  { handBack, signal }: ClaimedControl,
  ending: Ending,
  result: ExecutionResult | null,
  error: RunnerError | null,
  cancelled: boolean,
): boolean {
  if (!handBack() || cancelled || ending.state !== "AWAITING_APPROVAL") return false;
  if (error?.code === "E401") return true;
  return signal?.aborted === true && (result?.next_action?.startsWith("pm continue ") ?? false);
}
