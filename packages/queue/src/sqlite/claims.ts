import {
  type Claim,
  type ClaimedTask,
  type QueueTask,
  type QueueTrigger,
  queueStatesBefore,
  RunnerError,
  type TaskQueue,
} from "@pm/core";
import { parseTaskId } from "../shared/task-ids.ts";
import type { QueueParts } from "./queue-parts.ts";
import { idOf, type TaskRow, toTask } from "./task-rows.ts";
import type { TaskTable } from "./task-table.ts";

type Claims = Pick<
  TaskQueue,
  | "claimNext"
  | "claim"
  | "renew"
  | "bind"
  | "release"
  | "finish"
  | "running"
  | "takeOver"
  | "giveUp"
  | "cancel"
  | "approve"
>;

const BY_ID = "SELECT * FROM tasks WHERE group_id = ? AND number = ?";
const RUNNING = "SELECT * FROM tasks WHERE state = 'RUNNING' AND head >= 0 ORDER BY seq";

/** Everything that is done to a task that is in the queue. What is impossible is refused before anything is changed. */
export function createClaims({ db, tasks, read, write }: QueueParts): Claims {
  /** The task, if the claim is the newest of it (Q3). @throws RunnerError E412 */
  function held({ taskId, fence }: Claim, on: QueueTrigger): TaskRow {
    const { groupId, number } = parseTaskId(taskId);
    const row = db.get<TaskRow>(BY_ID, groupId, number);
    const holds = row !== undefined && row.worker_id !== null && row.fence === fence;
    if (!holds || !queueStatesBefore(on).includes(row.state))
      throw new RunnerError("E412", { id: taskId, fence });
    return row;
  }
  const show = (row: TaskRow): QueueTask => toTask(row, db.path);
  /** After the commit: the lock is not held while a payload is read and parsed. */
  const claimed = (row: TaskRow | null): Promise<ClaimedTask | null> =>
    row === null ? Promise.resolve(null) : read(() => claimOf(tasks, row));

  return {
    async claimNext(request) {
      // Most workers ask most of the time for what is not there: that needs no lock.
      if (!(await read(() => tasks.next(request)))) return null;
      const taken = await write(() => {
        const row = tasks.next(request);
        return row ? tasks.take(row, "claimed", request) : null;
      });
      return claimed(taken);
    },

    async claim(taskId, request) {
      const taken = await write(() => {
        const row = tasks.require(taskId);
        const head = tasks.headOf(row.group_id);
        if (head && head.number < row.number) {
          const state = `${row.state} behind ${idOf(head)}`;
          throw new RunnerError("E411", { event: "claimed", id: taskId, state });
        }
        return tasks.take(row, "claimed", request);
      });
      return read(() => claimOf(tasks, taken));
    },

    renew: (claim) =>
      write(() => {
        const row = held(claim, "renewed");
        tasks.change(row, "renewed", { beat: row.beat + 1 });
        return { cancelRequested: row.cancel_requested === 1 };
      }),

    bind: (claim, { sessionId, place, project }) =>
      write(() => {
        tasks.change(held(claim, "bound"), "bound", { session_id: sessionId, place, project });
      }),

    release: (claim) =>
      write(() => {
        tasks.change(held(claim, "released"), "released", {});
      }),

    async finish(claim, { state, outcome }, next) {
      const taken = await write(() => {
        const row = held(claim, `ended:${state}`);
        const end = state === "AWAITING_APPROVAL" && row.cancel_requested === 1 ? "CANCELLED" : state;
        tasks.change(row, `ended:${end}`, { outcome: JSON.stringify(outcome) });
        const following = next && tasks.next(next);
        return following ? tasks.take(following, "claimed", next) : null;
      });
      return claimed(taken);
    },

    running: (projects) =>
      read(() => {
        const wanted = new Set(projects);
        return db
          .all<TaskRow>(RUNNING)
          .filter(({ project }) => wanted.has(project))
          .map(show);
      }),

    async takeOver(seen, request) {
      const taken = await write(() => {
        const row = tasks.unmoved(seen);
        return row ? tasks.take(row, "taken.over", request) : null;
      });
      return claimed(taken);
    },

    giveUp: (seen, outcome) =>
      write(() => {
        const row = tasks.unmoved(seen);
        if (row) tasks.change(row, "given.up", { outcome: JSON.stringify(outcome), deaths: row.deaths + 1 });
        return row !== undefined;
      }),

    cancel: (taskId, outcome) =>
      write(() => {
        const row = tasks.require(taskId);
        if (row.state === "CANCELLED") return show(row);
        return show(
          row.state === "RUNNING"
            ? tasks.change(row, "cancel.requested", { cancel_requested: 1 })
            : tasks.change(row, "cancelled", { outcome: JSON.stringify(outcome) }),
        );
      }),

    approve: (taskId) =>
      write(() => show(tasks.change(tasks.require(taskId), "approved", { outcome: null }))),
  };
}

/** @param row that was just taken. @throws RunnerError E423 */
export function claimOf(tasks: TaskTable, row: TaskRow): ClaimedTask {
  const task = tasks.detail(row);
  return { claim: { taskId: task.task_id, workerId: row.worker_id ?? "", fence: row.fence }, task };
}
