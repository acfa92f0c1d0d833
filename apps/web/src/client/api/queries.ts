/** What is asked of the server and under which key it is kept; the event stream says when it is asked again. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { isFinal } from "../ui/states.ts";
import { paths } from "./paths.ts";
import { getJson, getText, request } from "./request.ts";
import type {
  Approval,
  Info,
  Log,
  PageOf,
  Task,
  TaskDetail,
  TaskGroup,
  TaskState,
  TaskView,
} from "./types.ts";

const PAGE = 50;

export const queries = {
  info: () =>
    queryOptions({ queryKey: ["info"], queryFn: ({ signal }) => getJson<Info>(paths.info, signal) }),

  tasks: (state: TaskState | null, limit = PAGE) =>
    infiniteQueryOptions({
      queryKey: ["tasks", { state, limit }],
      queryFn: ({ pageParam, signal }) =>
        getJson<PageOf<Task>>(paths.tasks({ state, cursor: pageParam, limit }), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page: PageOf<Task>) => page.next_cursor,
    }),

  groups: () =>
    infiniteQueryOptions({
      queryKey: ["groups"],
      queryFn: ({ pageParam, signal }) => getJson<PageOf<TaskGroup>>(paths.groups(pageParam), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page: PageOf<TaskGroup>) => page.next_cursor,
    }),

  groupTasks: (group: string) =>
    infiniteQueryOptions({
      queryKey: ["group-tasks", group],
      queryFn: ({ pageParam, signal }) => getJson<PageOf<Task>>(paths.groupTasks(group, pageParam), signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page: PageOf<Task>) => page.next_cursor,
    }),

  task: (id: string) =>
    queryOptions({
      queryKey: ["task", id],
      queryFn: ({ signal }) => getJson<TaskDetail>(paths.task(id), signal),
    }),

  view: (id: string) =>
    queryOptions({
      queryKey: ["view", id],
      queryFn: ({ signal }) => getJson<TaskView>(paths.view(id), signal),
    }),

  /** Of a task that ended: it does not change any more. */
  endedView: (task: Task) =>
    queryOptions({
      ...queries.view(task.task_id),
      enabled: isFinal(task.status) && task.session_id !== null,
      staleTime: Number.POSITIVE_INFINITY,
    }),

  approval: (id: string) =>
    queryOptions({
      queryKey: ["approval", id],
      queryFn: ({ signal }) => request<Approval>(paths.approval(id), { signal }),
    }),

  logs: (id: string) =>
    queryOptions({
      queryKey: ["logs", id],
      queryFn: ({ signal }) => getJson<PageOf<Log>>(paths.logs(id), signal),
    }),

  diff: (id: string, path: string) =>
    queryOptions({
      queryKey: ["diff", id, path],
      queryFn: ({ signal }) => getText(paths.diff(id, path), signal),
    }),

  report: (id: string) =>
    queryOptions({ queryKey: ["report", id], queryFn: ({ signal }) => getText(paths.report(id), signal) }),
};
