/**
 * The commands that draw progress or tables, behind one `import()`: the width tables and the segmenter that they need are
 * dear to load. One file rather than three, since finding and linking a file costs more than reading unused code; those of the
 * web server are here since a file of their own would cut what every command loads into four more. So is what decides whose a session is.
 */
export { assertSessionOf } from "@pm/core";
export { run as approveCommand } from "./commands/approve.ts";
export { run as cancelCommand } from "./commands/cancel.ts";
export { run as continueCommand } from "./commands/continue.ts";
export { run as exportCommand } from "./commands/export.ts";
export { run as keysCommand } from "./commands/keys.ts";
export { run as modelsCommand } from "./commands/models.ts";
export { run as queueCommand } from "./commands/queue.ts";
export { run as replayCommand } from "./commands/replay.ts";
export { run as startCommand } from "./commands/start.ts";
export { run as tasksCommand } from "./commands/tasks.ts";
export { run as webCommand } from "./commands/web.ts";
export { run as webStopCommand } from "./commands/web-stop.ts";
export { run as workerCommand } from "./commands/worker.ts";
