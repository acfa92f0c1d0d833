import {
  type Claim,
  createRedactor,
  type QueueTaskDetail,
  redactDeep,
  type StartInput,
  type TaskPayload,
  type TaskQueue,
} from "@pm/core";
import { outcomeOf } from "../worker/ending-of.ts";
import type { Desk } from "./desk.ts";

export interface SubmittedTask {
  readonly task: QueueTaskDetail;
  /** Where it is ours already. */
  readonly claim: Claim | null;
}

const WITHDRAWN = outcomeOf("Withdrawn: what was submitted with it was refused.");

/** Submits tasks as one piece of work: each is to follow the one before. No secret gets into the queue. */
export async function submitTasks(
  { queue, workerId, leaseMs, secrets }: Pick<Desk, "queue" | "workerId" | "leaseMs" | "secrets">,
  { tasks, provider, model }: Pick<StartInput, "tasks" | "provider" | "model">,
  to: { groupId: string; project: string; claim: boolean; idempotencyKey?: string },
): Promise<SubmittedTask[]> {
  const redactor = createRedactor(secrets);
  const submitted: SubmittedTask[] = [];
  const ours: SubmittedTask[] = [];
  for (const [index, { prompt, kind, scope, checks, budgetUsd }] of tasks.entries()) {
    const requires = submitted.at(-1)?.task.task_id ?? null;
    const payload: TaskPayload = {
      ...{ prompt, kind, scope: [...scope], checks: checks.map((argv) => [...argv]) },
      ...{ provider: provider ?? null, model: model ?? null, requires },
      budget_usd: budgetUsd ?? null,
    };
    const submission = {
      groupId: to.groupId,
      project: to.project,
      // What the engine would take out of its evidence must not wait in a file or a table either.
      payload: redactDeep(payload, redactor),
      ...(to.claim && requires === null && { claim: { workerId, leaseMs } }),
      ...(to.idempotencyKey !== undefined && { idempotencyKey: keyOf(to.idempotencyKey, index) }),
    };
    try {
      const { task, claim, created } = await queue.submit(submission);
      submitted.push({ task, claim });
      if (created) ours.push({ task, claim });
    } catch (error) {
      await withdraw(queue, ours);
      throw error;
    }
  }
  return submitted;
}

/** Each task of a piece of work has a key of its own. */
const keyOf = (key: string, index: number) => (index === 0 ? key : `${key}#${index + 1}`);

/** Part of a piece of work must not run when whoever asked for it was told that it failed. */
async function withdraw(queue: TaskQueue, submitted: readonly SubmittedTask[]): Promise<void> {
  for (const { task, claim } of submitted.toReversed()) {
    const withdrawn = claim
      ? queue.finish(claim, { state: "CANCELLED", outcome: WITHDRAWN })
      : queue.cancel(task.task_id, WITHDRAWN);
    // The error that is thrown says what is wrong with the queue.
    await withdrawn.catch(() => {});
  }
}
