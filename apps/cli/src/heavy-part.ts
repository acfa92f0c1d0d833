/**
 * All that needs schemas, the engine or the terminal's width tables, behind one `import()`: in one file rather than in a
 * dozen that share chunks, since finding and linking a file costs a cold start more than reading unused code.
 */
export { run as continueCommand } from "./commands/continue.ts";
export { run as startCommand } from "./commands/start.ts";
export { run as tasksCommand } from "./commands/tasks.ts";
export { composeEngine } from "./compose.ts";
export { examine } from "./doctor/examine.ts";
export { init, validate } from "./project-services.ts";
