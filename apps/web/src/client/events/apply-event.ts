/** What an event changes in what is kept: at once where the event says it all, else by asking again, a few times a second at most. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { StreamEvent, Task, TaskDetail, TaskState } from "../api/types.ts";
import { announce } from "../ui/announce.ts";
import { isFinal, STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";
import { lastLines } from "./last-lines.ts";
import { type Pages, patchPages } from "./patch-pages.ts";

const ASK_AGAIN_MS = 400;
/** What hangs on a task's journal. */
const OF_A_TASK = ["view", "approval", "logs", "lines", "report"] as const;

export function createEventHandler(client: QueryClient): (event: StreamEvent) => void {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const askAgain = (...keys: QueryKey[]) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      const now = [...waiting.values()];
      waiting.clear();
      for (const queryKey of now) void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }, ASK_AGAIN_MS);
  };

  const onTask = (task: Task) => {
    const before = client.getQueryData<TaskDetail>(["task", task.task_id]);
    if (before) client.setQueryData(["task", task.task_id], { ...before, ...task });
    for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: ["tasks"] })) {
      const { state } = key[1] as { state: TaskState | null };
      if (pages) client.setQueryData(key, patchPages(pages, task, state));
    }
    const group = ["group-tasks", task.task_group_id];
    const pages = client.getQueryData<Pages>(group);
    if (pages) client.setQueryData(group, patchPages(pages, task, null));
    askAgain(["info"], ["tasks"], ["tasks-ended"], group, ...OF_A_TASK.map((name) => [name, task.task_id]));
    if (!before) askAgain(["groups"]);
    if (isFinal(task.status)) lastLines.forget(task.task_id);
    if (before?.status !== task.status && task.status !== "RUNNING") {
      announce(`${task.task_id}: ${STATE_LOOK[task.status].word}`);
    }
  };

  return (event) => {
    switch (event.type) {
      case "task":
        return onTask(event.task);
      case "journal":
        if (event.task_id === null) return;
        lastLines.set(event.task_id, visibleText(event.line));
        return askAgain(...OF_A_TASK.map((name) => [name, event.task_id]));
      case "activity":
        return lastLines.set(event.task_id, visibleText(event.line));
      case "reset":
        return void client.invalidateQueries();
      case "heartbeat":
        return;
      default:
        return event satisfies never;
    }
  };
}
