import {
  groupParams,
  newTaskSchema,
  pageOf,
  pageQuerySchema,
  taskDetailSchema,
  taskGroupSchema,
  taskListQuerySchema,
  taskParams,
  taskSchema,
} from "../../contract/tasks.ts";
import { type Route, route } from "../route.ts";
import { showTask } from "../show-task.ts";
import { createGroup } from "../tasks/create-group.ts";
import { describeTask } from "../tasks/describe-task.ts";
import { idempotencyKeyOf } from "../tasks/idempotency-key.ts";
import { submitTask } from "../tasks/submit-task.ts";
import type { RouteContext } from "./context.ts";

const created = [{ status: 201, description: "It is in the queue", schema: taskDetailSchema }];

/** Groups and tasks: what there is, and more of it. */
export function taskRoutes({ options }: RouteContext): readonly Route[] {
  const { queue } = options;
  return [
    route({
      method: "GET",
      path: "/api/task-groups",
      access: "user",
      summary: "Task groups, newest first",
      query: pageQuerySchema,
      answers: [{ status: 200, description: "A page of them", schema: pageOf(taskGroupSchema) }],
      errors: ["E416"],
      async handle({ query }) {
        const { items, next_cursor } = await queue.listGroups(pageRequest(query));
        const groups = items.map(({ group_id, created_at }) => ({ task_group_id: group_id, created_at }));
        return { body: { items: groups, next_cursor } };
      },
    }),
    route({
      method: "POST",
      path: "/api/task-groups",
      access: "user",
      summary: "Makes a task group with its first task",
      idempotent: true,
      body: newTaskSchema,
      answers: created,
      errors: ["E414", "E415", "E475"],
      async handle({ body, request }) {
        return submitted(await createGroup(options, body, idempotencyKeyOf(request)));
      },
    }),
    route({
      method: "GET",
      path: "/api/task-groups/:id/tasks",
      access: "user",
      summary: "Tasks of a group, oldest first",
      params: groupParams,
      query: taskListQuerySchema,
      answers: [{ status: 200, description: "A page of them", schema: pageOf(taskSchema) }],
      errors: ["E410", "E416"],
      async handle({ params, query }) {
        const filter = { groupId: params.id, ...(query.state && { state: query.state }) };
        return { body: shown(await queue.listTasks(filter, pageRequest(query))) };
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks",
      access: "user",
      summary: "Tasks of the namespace, about newest first",
      query: taskListQuerySchema,
      answers: [{ status: 200, description: "A page of them", schema: pageOf(taskSchema) }],
      errors: ["E416"],
      async handle({ query }) {
        return {
          body: shown(await queue.listTasks(query.state ? { state: query.state } : {}, pageRequest(query))),
        };
      },
    }),
    route({
      method: "POST",
      path: "/api/tasks",
      access: "user",
      summary: "Submits a task; its group is made on first use",
      idempotent: true,
      body: newTaskSchema,
      answers: created,
      errors: ["E414", "E415"],
      async handle({ body, request }) {
        return submitted(await submitTask(options, body, idempotencyKeyOf(request)));
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id",
      access: "user",
      summary: "A task; its ETag changes with it and with what is to be approved",
      params: taskParams,
      answers: [{ status: 200, description: "The task", schema: taskDetailSchema }],
      errors: ["E410"],
      async handle({ params }) {
        const { body, etag } = await describeTask(options, params.id);
        return { body, headers: { ETag: etag } };
      },
    }),
  ];
}

/** 201, and where it is. */
function submitted(task: { readonly task_id: string }) {
  return { status: 201, headers: { Location: `/api/tasks/${task.task_id}` }, body: task };
}

type Asked = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

const pageRequest = ({ cursor, limit }: Asked) => ({
  ...(cursor !== undefined && { cursor }),
  ...(limit !== undefined && { limit }),
});

type Tasks = Awaited<ReturnType<RouteContext["options"]["queue"]["listTasks"]>>;

const shown = ({ items, next_cursor }: Tasks) => ({ items: items.map(showTask), next_cursor });
