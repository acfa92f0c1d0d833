/**
 * What only some commands need beside the engine, behind one `import()`: with one for each, the bundler cuts what they
 * share into many small files, and finding and linking a file costs more than reading unused code.
 */
export { createWorker, isGone, placeOf } from "@pm/queue";
export { examine, executors, init, validate } from "./project-part.ts";
export { namedProvider, replay } from "./providers.ts";
export { openNamespace } from "./queue/open-namespace.ts";
export { createQueue, queuePolicy } from "./queue/queue-table.ts";
export { replaySession } from "./recordings/replay-session.ts";
export { saveRecording } from "./recordings/save-recording.ts";
export { createUserSetup } from "./setup/create-user-setup.ts";
export { userKeys } from "./user-keys.ts";
