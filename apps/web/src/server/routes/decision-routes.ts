import { RunnerError } from "@pm/core";
import {
  approveSchema,
  patchStatusSchema,
  taskDetailSchema,
  taskParams,
  waiveSchema,
} from "../../contract/tasks.ts";
import { type Reply, type Route, route } from "../route.ts";
import { showTaskDetail } from "../show-task.ts";
import { approveTask } from "../tasks/approve-task.ts";
import { cancelTask } from "../tasks/cancel-task.ts";
import { describeTask, type TaskDescription } from "../tasks/describe-task.ts";
import { idempotencyKeyOf } from "../tasks/idempotency-key.ts";
import { retryTask } from "../tasks/retry-task.ts";
import { assertStillSeen } from "../tasks/what-was-seen.ts";
import type { RouteContext } from "./context.ts";

const CANCELLED = [
  { status: 200, description: "It is cancelled", schema: taskDetailSchema },
  { status: 202, description: "Who runs it was asked to end it", schema: taskDetailSchema },
];
const APPROVED = [{ status: 200, description: "A worker goes on with it", schema: taskDetailSchema }];
const APPROVAL_ERRORS = ["E410", "E411", "E208", "E441", "E473", "E474", "E476"] as const;

/** A person's word on a task. It never is a final status but CANCELLED. */
export function decisionRoutes({ options }: RouteContext): readonly Route[] {
  async function cancel(taskId: string): Promise<Reply> {
    const task = await cancelTask(options, taskId);
    return { status: task.state === "CANCELLED" ? 200 : 202, body: showTaskDetail(task) };
  }

  return [
    route({
      method: "PATCH",
      path: "/api/tasks/:id/status",
      access: "user",
      summary:
        "Cancels a task (CANCELLED), or approves what it waits for (QUEUED); nothing else can be said by anybody",
      params: taskParams,
      body: patchStatusSchema,
      answers: [...CANCELLED, ...APPROVED],
      errors: [...APPROVAL_ERRORS, "E472"],
      async handle({ params: { id }, body, request }) {
        const described = await describeTask(options, id);
        const { status, ...decision } = body;
        if (status === "QUEUED") return approved(await approveTask(options, id, decision, request));
        if (status !== "CANCELLED") throw new RunnerError("E472", { id, status });
        assertStillSeen(request, described);
        return cancel(id);
      },
    }),
    route({
      method: "POST",
      path: "/api/tasks/:id/cancel",
      access: "user",
      summary: "Ends a task",
      params: taskParams,
      answers: CANCELLED,
      errors: ["E410", "E411", "E473"],
      async handle({ params: { id }, request }) {
        assertStillSeen(request, await describeTask(options, id));
        return cancel(id);
      },
    }),
    route({
      method: "POST",
      path: "/api/tasks/:id/approve",
      access: "user",
      summary: "Approves what holds up a task, exactly as it was seen",
      params: taskParams,
      body: approveSchema,
      answers: APPROVED,
      errors: APPROVAL_ERRORS,
      async handle({ params: { id }, body, request }) {
        return approved(await approveTask(options, id, body, request));
      },
    }),
    route({
      method: "POST",
      path: "/api/tasks/:id/waive",
      access: "user",
      summary: "Accepts a result as it is, and says why",
      params: taskParams,
      body: waiveSchema,
      answers: APPROVED,
      errors: [...APPROVAL_ERRORS, "E477"],
      async handle({ params: { id }, body, request }) {
        return approved(await approveTask(options, id, body, request, { waive: true }));
      },
    }),
    route({
      method: "POST",
      path: "/api/tasks/:id/retry",
      access: "user",
      summary: "Submits what an ended task asked for once more, in its group",
      idempotent: true,
      params: taskParams,
      answers: [{ status: 201, description: "The new task", schema: taskDetailSchema }],
      errors: ["E410", "E415", "E478"],
      async handle({ params: { id }, request }) {
        const body = await retryTask(options, id, idempotencyKeyOf(request));
        return { status: 201, headers: { Location: `/api/tasks/${body.task_id}` }, body };
      },
    }),
  ];
}

const approved = ({ body, etag }: TaskDescription): Reply => ({ body, headers: { ETag: etag } });
