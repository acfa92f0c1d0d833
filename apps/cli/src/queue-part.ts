/** What opens queues and works for them, behind one `import()`; each engine is loaded only when it is used. */
export { pmHome } from "@pm/core";
export { createWorker, isGone, openQueue, placeOf } from "@pm/queue";
export { queueChoice } from "./queue/queue-choice.ts";
