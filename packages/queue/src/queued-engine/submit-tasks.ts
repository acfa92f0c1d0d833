import {
  type Claim,
  createRedactor,
  type QueueTaskDetail,
  redactDeep,
  type StartInput,
  type TaskPayload,
} from "@pm/core";
import type { Desk } from "./desk.ts";

export interface SubmittedTask {
  readonly task: QueueTaskDetail;
  /** Where it is ours already. */
  readonly claim: Claim | null;
}

/** Submits tasks as one piece of work: each is to follow the one before. No secret gets into the queue. */
export async function submitTasks(
  { queue, workerId, leaseMs, secrets }: Pick<Desk, "queue" | "workerId" | "leaseMs" | "secrets">,
  { tasks, provider, model }: Pick<StartInput, "tasks" | "provider" | "model">,
  to: { groupId: string; project: string; claim: boolean },
): Promise<SubmittedTask[]> {
  const redactor = createRedactor(secrets);
  const submitted: SubmittedTask[] = [];
  for (const { prompt, kind, scope, checks } of tasks) {
    const requires = submitted.at(-1)?.task.task_id ?? null;
    const payload: TaskPayload = {
      ...{ prompt, kind, scope: [...scope], checks: checks.map((argv) => [...argv]) },
      ...{ provider: provider ?? null, model: model ?? null, requires },
    };
    const { task, claim } = await queue.submit({
      groupId: to.groupId,
      project: to.project,
      // What the engine would take out of its evidence must not wait in a file or a table either.
      payload: redactDeep(payload, redactor),
      ...(to.claim && requires === null && { claim: { workerId, leaseMs } }),
    });
    submitted.push({ task, claim });
  }
  return submitted;
}
