/**
 * Claiming: the next task that may run, or one that a person names.
 *
 * Owns where it stopped reading where a queue was too long for one call, and how crowded the head of the queue is.
 * C1 The index only proposes: an entry may be old, so what decides is a consistent read of the task and its group, and the
 *    conditional write on the state and fence that were read (Q4).
 * C2 Of each group the lowest number is tried, and where an earlier task turns out to wait, that one instead.
 * C3 The oldest first for a worker that meets no other; at random among ever more of the oldest for those that do, since
 *    in strict order they would all fail at the same task.
 * C4 Tasks held up by others can't hide those behind them: what one call could not read, the next goes on with.
 */
import {
  type ClaimedTask,
  type ClaimNextRequest,
  type ClaimRequest,
  type QueueState,
  queueStatesBefore,
  queueStep,
  RunnerError,
} from "@pm/core";
import type { TaskIdParts } from "../shared/task-ids.ts";
import { asClaimed } from "./holding.ts";
import type { Item } from "./item.ts";
import { partsOf, projectPrefix, stateKey, statePartition } from "./keys.ts";
import type { QueueParts } from "./queue-parts.ts";
import { randomMark } from "./random-mark.ts";
import { type IndexEntry, parseEntry } from "./state-entries.ts";
import { isVoid, type TaskItem, taskIdOf } from "./task-item.ts";

const OLDEST = 25;
const NARROWING = 0.98;
const PAGE = 200;
const PAGES_A_CALL = 6;
const HOPS = 32;

export function createClaiming({ table, clock, config, tasks, order }: QueueParts) {
  const resumeAt = new Map<string, Item>();
  let width = 1;
  let turn = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);

  /** The write that claims. @returns the task, or null where somebody was faster */
  async function take(item: TaskItem, request: ClaimRequest): Promise<TaskItem | null> {
    const parts = partsOf(item);
    const { shards } = await config();
    const took = randomMark();
    const state = queueStep(taskIdOf(item), item.state, "claimed");
    const changed = await tasks.change(item, {
      set: {
        ...stateKey(state, parts, { atMs: item.sub, project: item.project, shards }),
        state,
        who: request.workerId,
        lease: request.leaseMs,
        beat: 0,
        since: clock.now().getTime(),
        took,
        out: undefined,
      },
      add: { fence: 1 },
      when: [
        { attribute: "state", is: item.state },
        { attribute: "fence", is: item.fence },
        { attribute: "project", is: item.project },
      ],
    });
    if (changed) return changed;
    const now = await tasks.find(taskIdOf(item));
    return now && !isVoid(now) && now.took === took ? now : null;
  }

  /** C1, C2. @returns the claimed task of the group, or null where it has none to be had */
  async function tryGroup(first: TaskIdParts, request: ClaimNextRequest): Promise<TaskItem | null> {
    let parts = first;
    for (let hop = 0; hop < HOPS; hop++) {
      const standing = await order.standing(parts);
      if (standing.kind === "blocked") {
        if (!mayTake(standing.by, request)) return null;
        parts = partsOf(standing.by);
        continue;
      }
      const { self, vouched } = standing;
      const task = self && !isVoid(self) && mayTake(self, request) ? await take(self, request) : null;
      width = task ? Math.max(1, width * NARROWING) : Math.min(OLDEST, width * 2);
      if (task && self?.state !== "VOID" && self?.fence === 0) await order.markSettled(parts, vouched);
      return task;
    }
    return null;
  }

  /** One stretch of the waiting tasks of a project in a shard, oldest first. */
  async function trySlice(
    shard: number,
    project: string,
    request: ClaimNextRequest,
  ): Promise<TaskItem | null> {
    const slice = `${shard} ${project}`;
    const tried = new Set<string>();
    let after = resumeAt.get(slice);
    resumeAt.delete(slice);
    for (let pages = 0; ; pages++) {
      const page = await table.query({
        index: "byState",
        partition: statePartition("QUEUED", shard),
        beginsWith: projectPrefix(project),
        limit: pages === 0 ? OLDEST : PAGE,
        after,
      });
      const heads = headsOf(page.items.map(parseEntry), request.except).filter(({ pk }) => !tried.has(pk));
      while (heads.length > 0) {
        const [head] = heads.splice(Math.floor(Math.random() * Math.min(width, heads.length)), 1);
        if (!head) break;
        tried.add(head.pk);
        const task = await tryGroup(partsOf(head), request);
        if (task) return task;
      }
      after = page.next;
      if (!after) return null;
      if (pages + 1 === PAGES_A_CALL) {
        resumeAt.set(slice, after);
        return null;
      }
    }
  }

  return {
    async next(request: ClaimNextRequest): Promise<ClaimedTask | null> {
      const { read_shards } = await config();
      turn += 1;
      for (let step = 0; step < read_shards; step++) {
        const shard = (turn + step) % read_shards;
        for (const project of shuffled([...new Set(request.projects)])) {
          const task = await trySlice(shard, project, request);
          if (task) return asClaimed(tasks, task);
        }
      }
      return null;
    },

    /** @throws RunnerError E410, E411, E413 */
    async one(taskId: string, request: ClaimRequest): Promise<ClaimedTask> {
      for (;;) {
        const item = await tasks.get(taskId);
        queueStep(taskId, item.state, "claimed");
        const standing = await order.standing(partsOf(item));
        if (standing.kind === "blocked") {
          const state = `${item.state} behind ${taskIdOf(standing.by)}`;
          throw new RunnerError("E411", { event: "claimed", id: taskId, state });
        }
        const task = await take(item, request);
        if (!task) continue;
        if (item.fence === 0) await order.markSettled(partsOf(item), standing.vouched);
        return asClaimed(tasks, task);
      }
    },
  };
}

/** A person may claim more states; a worker takes what waits. */
const WAITING: readonly QueueState[] = queueStatesBefore("claimed").filter((state) => state === "QUEUED");

function mayTake(task: TaskItem, { projects, except = [] }: ClaimNextRequest): boolean {
  return WAITING.includes(task.state) && projects.includes(task.project) && !except.includes(taskIdOf(task));
}

/** The entry of the lowest number of each group. */
function headsOf(entries: readonly IndexEntry[], except: readonly string[] = []): IndexEntry[] {
  const heads = new Map<string, IndexEntry>();
  for (const entry of entries) {
    const known = heads.get(entry.pk);
    if (!known || entry.sk < known.sk) heads.set(entry.pk, entry);
  }
  return [...heads.values()].filter((entry) => !except.includes(taskIdOf({ ...entry, state: "VOID" })));
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
