import type { IncomingMessage } from "node:http";
import { isRunnerError, queueStep, RunnerError } from "@pm/core";
import type { WebOptions } from "../web-server.ts";
import { describeTask, type TaskDescription } from "./describe-task.ts";
import { pendingApproval } from "./pending-approval.ts";
import { seenDigest } from "./what-was-seen.ts";

export interface Decision {
  readonly digest?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Approves what a person saw of a task, so that a worker goes on with it.
 * @param waive only where the approval accepts the result as it is
 * @throws RunnerError E411 it waits for nobody, E441 its evidence is elsewhere, E476 nothing holds it up, E474 nothing was seen, E208 and E473 it is not
 *   what was seen, E477 it is not to be waived
 */
export async function approveTask(
  options: Pick<WebOptions, "engine" | "queue">,
  taskId: string,
  { digest, note }: Decision,
  request: IncomingMessage,
  { waive = false } = {},
): Promise<TaskDescription> {
  const described = await describeTask(options, taskId);
  const { task } = described;
  queueStep(taskId, task.state, "approved");
  const seen = seenDigest(request, described, digest);
  if (seen === null) throw new RunnerError("E474", { what: `An approval of task ${taskId}` });
  const approval = described.approval ?? (await pendingApproval(options, task));
  if (waive && approval.effect !== "accept") throw new RunnerError("E477", { id: taskId });
  await options.engine
    .approve({ sessionId: approval.sessionId, digest: seen, ...(note !== undefined && { note }) })
    .catch((error) => {
      // Somebody decided between our look and this call.
      throw isRunnerError(error, "E207") ? new RunnerError("E208", { id: taskId }, error) : error;
    });
  return describeTask(options, taskId);
}
