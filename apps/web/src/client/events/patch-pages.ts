/** Puts news of a task into the lists that hold it. Pure. */
import type { PageOf, Task, TaskState } from "../api/types.ts";

export interface Pages {
  readonly pages: readonly PageOf<Task>[];
  readonly pageParams: readonly unknown[];
}

/** @param state which tasks the list is of; null: all */
export function patchPages(pages: Pages, task: Task, state: TaskState | null): Pages {
  const keep = state === null || task.status === state;
  const known = pages.pages.some(({ items }) => items.some(({ task_id }) => task_id === task.task_id));
  if (!known) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => (item.task_id !== task.task_id ? [item] : keep ? [task] : [])),
    })),
  };
}
