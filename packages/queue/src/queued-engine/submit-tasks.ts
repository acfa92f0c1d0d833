import type { Claim, QueueTaskDetail, StartInput } from "@pm/core";
import type { Desk } from "./desk.ts";

export interface SubmittedTask {
  readonly task: QueueTaskDetail;
  /** Where it is ours already. */
  readonly claim: Claim | null;
}

/** Submits tasks as one piece of work: each is to follow the one before. */
export async function submitTasks(
  { queue, workerId, leaseMs }: Pick<Desk, "queue" | "workerId" | "leaseMs">,
  { tasks, provider, model }: Pick<StartInput, "tasks" | "provider" | "model">,
  to: { groupId: string; project: string; claim: boolean },
): Promise<SubmittedTask[]> {
  const submitted: SubmittedTask[] = [];
  for (const { prompt, kind, scope, checks } of tasks) {
    const requires = submitted.at(-1)?.task.task_id ?? null;
    const { task, claim } = await queue.submit({
      groupId: to.groupId,
      project: to.project,
      payload: {
        ...{ prompt, kind, scope: [...scope], checks: checks.map((argv) => [...argv]) },
        ...{ provider: provider ?? null, model: model ?? null, requires },
      },
      ...(to.claim && requires === null && { claim: { workerId, leaseMs } }),
    });
    submitted.push({ task, claim });
  }
  return submitted;
}
