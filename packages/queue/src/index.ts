export { createDynamoTable } from "./dynamodb/create-dynamo-table.ts";
export { iamPolicy } from "./dynamodb/iam-policy.ts";
export { openQueue, type QueueChoice } from "./open-queue.ts";
export {
  createQueuedEngine,
  type QueuedEngine,
  type QueuedEngineOptions,
} from "./queued-engine/create-queued-engine.ts";
export { createWorker } from "./worker/create-worker.ts";
export { type Place, placeOf } from "./worker/place.ts";
export { parseRef, refOf } from "./worker/ref-of.ts";
export type { Worker, WorkerEvent, WorkerOptions } from "./worker/worker.ts";
export { isGone } from "./worker/worker-id.ts";
