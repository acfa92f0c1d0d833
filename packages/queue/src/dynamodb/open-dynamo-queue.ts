import { type Clock, type QueueState, type QueueStats, TASK_STATES, type TaskQueue } from "@pm/core";
import { createClaiming } from "./claiming.ts";
import { createDeciding } from "./deciding.ts";
import type { DynamoOptions } from "./dynamo-options.ts";
import { createDynamoTableClient } from "./dynamo-table.ts";
import { createGroupOrder } from "./group-order.ts";
import { createGroups } from "./groups.ts";
import { createHolding } from "./holding.ts";
import { createListing } from "./listing.ts";
import type { QueueParts } from "./queue-parts.ts";
import { entriesSince, oldestWaiting, partitionsOf } from "./state-entries.ts";
import { createSubmit } from "./submit.ts";
import { createConfigReader } from "./table-config.ts";
import { toQueueTask } from "./task-item.ts";
import { createTaskStore } from "./task-store.ts";
import { createEars, createWatching } from "./watching.ts";
import { createWorkers } from "./workers.ts";

const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };

/**
 * The queue of a namespace on DynamoDB, for many machines. Nothing is sent and the AWS SDK is not loaded before the first
 * call. Beside what the port says, every method may throw E430 (no table: see createDynamoTable), E431, E432, E433, E434,
 * E435 and E436.
 */
export function openDynamoQueue(options: DynamoOptions): TaskQueue {
  const { namespace, clock = systemClock } = options;
  const table = createDynamoTableClient(options, clock);
  const ears = createEars();
  const config = createConfigReader(table, clock);
  const parts: QueueParts = {
    namespace,
    table,
    clock,
    config,
    groups: createGroups(table, clock, config),
    order: createGroupOrder(table, clock),
    tasks: createTaskStore(table, clock, ears.heard),
  };
  const { groups, tasks } = parts;
  const submit = createSubmit(parts);
  const claiming = createClaiming(parts);
  const holding = createHolding(parts);
  const deciding = createDeciding(parts, holding);
  const workers = createWorkers(table, clock);
  const watching = createWatching(parts, ears);

  async function countOf(state: QueueState, shards: number): Promise<readonly [QueueState, number]> {
    const counts = await Promise.all(
      partitionsOf(state, shards).map((partition) => table.count({ index: "byState", partition })),
    );
    return [state, counts.reduce((sum, count) => sum + count, 0)];
  }

  return {
    engine: "dynamodb",
    namespace,
    get place() {
      return `${table.name} in ${table.place()}`;
    },

    createGroup: groups.create,
    listGroups: groups.list,
    submit,
    listTasks: createListing(parts),

    async get(taskId) {
      const task = await tasks.get(taskId);
      return { ...toQueueTask(task), payload: await tasks.payloadOf(task) };
    },

    claimNext: claiming.next,
    claim: claiming.one,
    renew: holding.renew,
    bind: holding.bind,
    release: holding.release,
    takeOver: holding.takeOver,
    giveUp: holding.giveUp,
    cancel: deciding.cancel,
    approve: deciding.approve,

    // Not in one write: DynamoDB asks double for that, and a crash in between only leaves a task waiting.
    async finish(claim, ending, next) {
      await holding.finish(claim, ending);
      return next ? claiming.next(next) : null;
    },

    async running(projects) {
      const { read_shards } = await config();
      const found = await tasks.many(await entriesSince(table, "RUNNING", read_shards));
      return found
        .filter(({ state, project }) => state === "RUNNING" && projects.includes(project))
        .map(toQueueTask);
    },

    async stats(): Promise<QueueStats> {
      const { read_shards } = await config();
      const [oldest, ...counts] = await Promise.all([
        oldestWaiting(table, read_shards),
        ...TASK_STATES.map((state) => countOf(state, read_shards)),
      ]);
      return {
        counts: Object.fromEntries(counts) as Record<QueueState, number>,
        oldest_waiting_at: oldest?.toISOString() ?? null,
      };
    },

    announce: workers.announce,
    withdraw: workers.withdraw,
    workers: workers.seen,
    onWork: watching.onWork,
    watch: watching.watch,

    async close() {
      watching.close();
      await table.close();
    },
  };
}
