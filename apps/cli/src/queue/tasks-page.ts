import { isRunnerError, type Page, type QueueState, type QueueTask, type TaskQueue } from "@pm/core";

/** Pages that one call looks through for tasks of a project; what is beyond them is for the next call. */
const MAX_PAGES = 50;

/** What was asked for by id, and the error that stands where the queue does not know it either. */
export interface AskedTask {
  readonly id: string;
  readonly unknown: unknown;
}

export interface TaskFilter {
  readonly state: QueueState | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * One page of the namespace's tasks.
 * @param keys of the projects wanted; null: all. The port does not filter by project; pages shrink to what is still
 *   missing, so that the cursor stays exact.
 */
export async function tasksPage(
  queue: TaskQueue,
  keys: ReadonlySet<string> | null,
  { state, limit, cursor }: TaskFilter,
): Promise<Page<QueueTask>> {
  const items: QueueTask[] = [];
  let next: string | null | undefined = cursor;
  for (let pages = 0; pages < MAX_PAGES && next !== null && items.length < limit; pages += 1) {
    const filter = state === undefined ? {} : { state };
    const page: Page<QueueTask> = await queue.listTasks(filter, {
      limit: limit - items.length,
      ...(next !== undefined && { cursor: next }),
    });
    items.push(...page.items.filter((task) => keys === null || keys.has(task.project)));
    next = page.next_cursor;
  }
  return { items, next_cursor: next ?? null };
}

/** The tasks of a group, or one task. @throws `unknown` where the id is neither */
export async function tasksById(
  queue: TaskQueue,
  { id, unknown }: AskedTask,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<Page<QueueTask>> {
  const group = await orNull(queue.listTasks({ groupId: id }, page));
  if (group !== null) return group;
  const task = await orNull(queue.get(id));
  if (task === null) throw unknown;
  return { items: [task], next_cursor: null };
}

/** An id may be one of a group, of a task, or of neither. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRunnerError(error, "E410") || isRunnerError(error, "E413")) return null;
    throw error;
  }
}
