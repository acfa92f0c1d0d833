/**
 * The queue in memory: the simplest thing that keeps the port's promises (but for Q1: it dies with its process). It is the
 * reference of the contract suite and a fake for the tests of others.
 *
 * Owns nothing but its listeners: the tasks are in the store, which several queues may share to stand for several processes.
 * Every method does its work without an await in between, so that each is one transaction.
 */
import {
  type Claim,
  type ClaimedTask,
  type ClaimNextRequest,
  type ClaimRequest,
  type Clock,
  OPEN_STATES,
  type QueueState,
  type QueueTaskDetail,
  type QueueTrigger,
  queueStatesBefore,
  queueStep,
  RunnerError,
  type SeenLease,
  TASK_STATES,
  type TaskQueue,
  taskPayloadSchema,
} from "@pm/core";
import { payloadDigest } from "../../src/shared/payload-digest.ts";
import { summaryOf } from "../../src/shared/summary-of.ts";
import { formatTaskId, parseGroupId, parseTaskId } from "../../src/shared/task-ids.ts";
import { pageOf } from "./memory-page.ts";
import { type MemoryStore, memorySpace, type StoredTask } from "./memory-store.ts";

const DAY_MS = 86_400_000;
const KEY_LENGTH = 200;
const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };

export interface MemoryQueueOptions {
  readonly namespace: string;
  readonly clock?: Clock;
  readonly store?: MemoryStore;
}

export function createMemoryQueue(options: MemoryQueueOptions): TaskQueue {
  const { namespace, clock = systemClock, store = new Map() } = options;
  const { groups, tasks, keys, workers, listeners } = memorySpace(store, namespace);
  const mine = new Set<(task: QueueTaskDetail) => void>();
  const now = () => clock.now().toISOString();

  function stored(taskId: string): StoredTask {
    parseTaskId(taskId);
    const found = tasks.get(taskId);
    if (!found) throw new RunnerError("E410", { namespace, what: "task", id: taskId });
    return found;
  }

  function change(task: StoredTask, on: QueueTrigger, to: Partial<QueueTaskDetail>): QueueTaskDetail {
    const { task_id, state } = task.detail;
    task.detail = { ...task.detail, ...to, state: queueStep(task_id, state, on), updated_at: now() };
    for (const listener of listeners) setImmediate(() => mayHear(listener) && listener(task.detail));
    return structuredClone(task.detail);
  }
  const mayHear = (listener: (task: QueueTaskDetail) => void) => listeners.has(listener);

  const isOpen = (task: StoredTask) => (OPEN_STATES as readonly QueueState[]).includes(task.detail.state);
  const openBefore = (task: StoredTask) =>
    [...tasks.values()].find(
      (other) =>
        other.detail.group_id === task.detail.group_id && other.number < task.number && isOpen(other),
    );

  function take(task: StoredTask, request: ClaimRequest, on: QueueTrigger): ClaimedTask {
    const fence = task.detail.fence + 1;
    const { workerId, leaseMs } = request;
    const deaths = task.detail.deaths + (on === "taken.over" ? 1 : 0);
    const claim = { worker_id: workerId, fence, beat: 0, lease_ms: leaseMs, claimed_at: now() };
    const detail = change(task, on, { claim, fence, deaths, outcome: null });
    return { claim: { taskId: detail.task_id, workerId, fence }, task: detail };
  }

  function takeNext(request: ClaimNextRequest): ClaimedTask | null {
    const next = [...tasks.values()].find(
      (task) =>
        task.detail.state === "QUEUED" &&
        request.projects.includes(task.detail.project) &&
        !request.except?.includes(task.detail.task_id) &&
        !openBefore(task),
    );
    return next ? take(next, request, "claimed") : null;
  }

  /** The task, if the claim is the newest of it. */
  function held(claim: Claim, on: QueueTrigger): StoredTask {
    const task = tasks.get(claim.taskId);
    const holds = task && task.detail.claim?.fence === claim.fence;
    if (!holds || !queueStatesBefore(on).includes(task.detail.state))
      throw new RunnerError("E412", { id: claim.taskId, fence: claim.fence });
    return task;
  }

  /** The task, if its lease is still as it was seen. */
  function unmoved({ taskId, fence, beat }: SeenLease): StoredTask | null {
    const task = tasks.get(taskId);
    const claim = task?.detail.claim;
    return task && claim && claim.fence === fence && claim.beat === beat ? task : null;
  }

  function makeGroup(groupId: string) {
    const known = groups.get(parseGroupId(groupId));
    const group = known ?? { group_id: groupId, created_at: now(), seq: groups.size + 1 };
    if (!known) groups.set(groupId, group);
    return { group_id: groupId, created_at: group.created_at };
  }

  return {
    engine: "sqlite",
    place: "memory",
    namespace,

    async createGroup(groupId) {
      return makeGroup(groupId);
    },

    async submit({ groupId, project, payload, idempotencyKey, claim }) {
      parseGroupId(groupId);
      const length = idempotencyKey?.length ?? 0;
      if (length > KEY_LENGTH)
        throw new RunnerError("E414", {
          what: "The idempotency key",
          bytes: length,
          engine: "memory",
          limit: KEY_LENGTH,
        });
      const digest = payloadDigest(groupId, project, payload);
      const known = idempotencyKey === undefined ? undefined : keys.get(idempotencyKey);
      if (known) {
        if (known.digest !== digest) throw new RunnerError("E415", { key: idempotencyKey, id: known.taskId });
        return { task: structuredClone(stored(known.taskId).detail), created: false, claim: null };
      }
      makeGroup(groupId);
      const number = [...tasks.values()].filter(({ detail }) => detail.group_id === groupId).length + 1;
      const taskId = formatTaskId(groupId, number);
      const at = now();
      const detail: QueueTaskDetail = {
        task_id: taskId,
        group_id: groupId,
        state: "QUEUED",
        project,
        summary: summaryOf(payload.prompt),
        submitted_at: at,
        updated_at: at,
        session: null,
        claim: null,
        fence: 0,
        deaths: 0,
        cancel_requested: false,
        outcome: null,
        payload: taskPayloadSchema.parse(payload),
      };
      const task: StoredTask = { detail, number, seq: tasks.size + 1 };
      tasks.set(taskId, task);
      if (idempotencyKey !== undefined) keys.set(idempotencyKey, { taskId, digest });
      for (const listener of listeners) setImmediate(() => mayHear(listener) && listener(task.detail));
      const got = claim && !openBefore(task) ? take(task, claim, "claimed") : null;
      return { task: structuredClone(task.detail), created: true, claim: got?.claim ?? null };
    },

    async get(taskId) {
      return structuredClone(stored(taskId).detail);
    },

    async listGroups(page) {
      const newestFirst = [...groups.values()].reverse();
      const { items, next_cursor } = pageOf(newestFirst, "groups", (group) => -group.seq, page);
      return { items: items.map(({ group_id, created_at }) => ({ group_id, created_at })), next_cursor };
    },

    async listTasks({ groupId, state }, page) {
      if (groupId !== undefined && !groups.has(parseGroupId(groupId)))
        throw new RunnerError("E410", { namespace, what: "group", id: groupId });
      const wanted = [...tasks.values()].filter(
        ({ detail }) =>
          (groupId === undefined || detail.group_id === groupId) &&
          (state === undefined || detail.state === state),
      );
      const { items, next_cursor } =
        groupId === undefined
          ? pageOf(wanted.reverse(), "tasks", (task) => -task.seq, page)
          : pageOf(wanted, "group", (task) => task.number, page);
      return {
        items: items.map(({ detail: { payload: _, ...task } }) => structuredClone(task)),
        next_cursor,
      };
    },

    async claimNext(request) {
      return takeNext(request);
    },

    async claim(taskId, request) {
      const task = stored(taskId);
      const before = openBefore(task);
      if (before)
        throw new RunnerError("E411", {
          event: "claimed",
          id: taskId,
          state: `${task.detail.state} behind ${before.detail.task_id}`,
        });
      return take(task, request, "claimed");
    },

    async renew(claim) {
      const task = held(claim, "renewed");
      const lease = task.detail.claim;
      const renewed = change(task, "renewed", { claim: lease && { ...lease, beat: lease.beat + 1 } });
      return { cancelRequested: renewed.cancel_requested };
    },

    async bind(claim, { sessionId, place, project }) {
      change(held(claim, "bound"), "bound", { project, session: { session_id: sessionId, place } });
    },

    async release(claim) {
      change(held(claim, "released"), "released", { claim: null });
    },

    async finish(claim, { state, outcome }, next) {
      const task = held(claim, `ended:${state}`);
      const end = state === "AWAITING_APPROVAL" && task.detail.cancel_requested ? "CANCELLED" : state;
      change(task, `ended:${end}`, { claim: null, outcome });
      return next ? takeNext(next) : null;
    },

    async running(projects) {
      return [...tasks.values()]
        .filter(({ detail }) => detail.state === "RUNNING" && projects.includes(detail.project))
        .map(({ detail: { payload: _, ...task } }) => structuredClone(task));
    },

    async takeOver(seen, request) {
      const task = unmoved(seen);
      return task && take(task, request, "taken.over");
    },

    async giveUp(seen, outcome) {
      const task = unmoved(seen);
      if (task) change(task, "given.up", { claim: null, outcome, deaths: task.detail.deaths + 1 });
      return task !== null;
    },

    async cancel(taskId, outcome) {
      const task = stored(taskId);
      const { state } = task.detail;
      if (state === "RUNNING") change(task, "cancel.requested", { cancel_requested: true });
      else if (state !== "CANCELLED") change(task, "cancelled", { outcome });
      const { payload: _, ...shown } = structuredClone(task.detail);
      return shown;
    },

    async approve(taskId) {
      const { payload: _, ...shown } = change(stored(taskId), "approved", { outcome: null });
      return shown;
    },

    async stats() {
      const all = [...tasks.values()].map(({ detail }) => detail);
      const count = (state: QueueState) => all.filter((task) => task.state === state).length;
      return {
        counts: Object.fromEntries(TASK_STATES.map((state) => [state, count(state)])) as Record<
          QueueState,
          number
        >,
        oldest_waiting_at: all.find(({ state }) => state === "QUEUED")?.submitted_at ?? null,
      };
    },

    async announce(worker) {
      workers.delete(worker.worker_id);
      workers.set(worker.worker_id, { ...structuredClone(worker), seen_at: now() });
    },

    async withdraw(workerId) {
      workers.delete(workerId);
    },

    async workers() {
      const since = clock.now().getTime() - DAY_MS;
      const recent = [...workers.values()].filter(({ seen_at }) => Date.parse(seen_at) > since);
      return structuredClone(recent.sort((a, b) => b.seen_at.localeCompare(a.seen_at)));
    },

    onWork(_projects, wake) {
      return this.watch({}, () => wake());
    },

    watch({ groupId }, onTask) {
      const listener = ({ payload: _, ...task }: QueueTaskDetail) => {
        if (groupId === undefined || task.group_id === groupId) onTask(structuredClone(task));
      };
      listeners.add(listener);
      mine.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    async close() {
      for (const listener of mine) listeners.delete(listener);
    },
  };
}
