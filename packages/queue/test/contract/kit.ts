import type { Claim, ClaimedTask, ClaimNextRequest, Submission, TaskOutcome, TaskQueue } from "@pm/core";
import { payload } from "../support/task-payload.ts";
import type { OpenOptions, QueueHarness } from "./harness.ts";

export { payload };

export const PROJECT = "project-a";
export const LEASE = { workerId: "worker-1", leaseMs: 30_000 };
export const ANY: ClaimNextRequest = { ...LEASE, projects: [PROJECT] };

export const outcome = (message = "well", more: Partial<TaskOutcome> = {}): TaskOutcome => ({
  code: null,
  message,
  next_action: null,
  evidence_path: null,
  result_digest: null,
  ...more,
});

/** What the parts of the suite share: the harness, and queues that are closed after each test. */
export interface Kit {
  harness(): QueueHarness;
  /** Without a namespace, the one that only the running test uses. */
  open(options?: OpenOptions): Promise<TaskQueue>;
  /** Another namespace that nobody has used. */
  freshNamespace(): string;
  /** Tries until there is one: an engine may answer null though there is a task. */
  claimSoon(queue: TaskQueue, request?: ClaimNextRequest): Promise<ClaimedTask>;
  /** @returns what several tries get, null where all got none. */
  claimMaybe(queue: TaskQueue, request?: ClaimNextRequest): Promise<ClaimedTask | null>;
}

export function submission(groupId: string, more: Partial<Submission> = {}): Submission {
  return { groupId, project: PROJECT, payload: payload(), ...more };
}

/** @returns the id of a new task. */
export async function submit(queue: TaskQueue, groupId: string, more: Partial<Submission> = {}) {
  return (await queue.submit(submission(groupId, more))).task.task_id;
}

/** @returns a task that runs, the only one of its group. */
export async function running(queue: TaskQueue, groupId: string): Promise<Claim> {
  const { claim } = await queue.submit(submission(groupId, { claim: LEASE }));
  if (!claim) throw new Error(`${groupId}: not claimed with the submission`);
  return claim;
}

/** @returns the lease of a task that runs, as an observer sees it. */
export async function seen(queue: TaskQueue, taskId: string) {
  const { claim } = await queue.get(taskId);
  if (!claim) throw new Error(`${taskId} does not run`);
  return { taskId, fence: claim.fence, beat: claim.beat };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks every `everyMs` until `check` holds. */
export async function eventually(
  check: () => boolean | Promise<boolean>,
  what: string,
  { everyMs = 10, withinMs = 15_000 } = {},
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(everyMs);
  }
}

/** A clock that is off by so many milliseconds, and moves on by `stepMs` with each look, that no two times are the same. */
export function skewedClock(offsetMs: number, stepMs = 0) {
  let looks = 0;
  return {
    now: () => new Date(Date.now() + offsetMs + stepMs * looks++),
    monotonic: () => performance.now(),
  };
}
