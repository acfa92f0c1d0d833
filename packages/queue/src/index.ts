export { openQueue, type QueueChoice } from "./open-queue.ts";
export { type Place, placeOf } from "./worker/place.ts";
export type { Worker, WorkerEvent, WorkerOptions } from "./worker/worker.ts";
