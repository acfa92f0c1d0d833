import type { CommandSpec } from "../command.ts";
import { run as logs } from "../logs.ts";
import { LIST_OPTIONS, NAMESPACE_OPTION, PLACE_OPTIONS, PROJECT_OPTION } from "../options.ts";

/** Commands about what waits, runs and has ended. */
export const QUEUE_ROWS: readonly CommandSpec[] = [
  {
    name: "tasks",
    summary: "List the tasks in the queue, or those of one session",
    details:
      "Every task that was started or submitted in the namespace, from whatever front end, newest first. With an id: the tasks of a session, else those of a task group, or one task.",
    arguments: [{ name: "id", summary: "Session, task group or task", completes: "session" }],
    options: [
      ...LIST_OPTIONS,
      { name: "sessions", summary: "List sessions instead, also those without a task" },
      ...PLACE_OPTIONS,
    ],
    examples: [
      { line: "pm tasks", note: "every task, newest first" },
      { line: "pm tasks --project . --state QUEUED", note: "what waits in the current project" },
      { line: "pm tasks session-1a2b3c", note: "the tasks of one session" },
      { line: "pm tasks --sessions --quiet", note: "session ids only, for scripts" },
    ],
    load: async () => (await import("../../run-part.ts")).tasksCommand,
  },
  {
    name: "worker",
    summary: "Run tasks from the queue, until stopped",
    details:
      "Takes tasks of the given projects only. Ctrl-C or SIGTERM lets what runs finish for 30 s and hands back the rest; again hands it back at once; a third time ends the process. A worker that dies is replaced by another one of its project, and the task goes on where it was.",
    arguments: [],
    options: [
      {
        ...PROJECT_OPTION,
        multiple: true,
        summary: "Project to work for; several may be given (default: here)",
      },
      {
        name: "concurrency",
        value: "n",
        summary: "Tasks at once (default, and most: the projects' parallel_limits.executors)",
      },
      { name: "once", summary: "End when nothing is left to do" },
      NAMESPACE_OPTION,
    ],
    examples: [
      { line: "pm worker", note: "work for the current folder" },
      { line: "pm worker --project ../api --project ../web --concurrency 2", note: "for two projects" },
      { line: "pm worker --once --json", note: "for cron: run what waits, one JSON object a line, and end" },
    ],
    load: async () => (await import("../../run-part.ts")).workerCommand,
  },
  {
    name: "queue",
    summary: "Show what is in the queue and who works on it, or create it",
    details:
      "Which queue it is: sqlite, a file that needs no setting up, or dynamodb, for several machines (PM_QUEUE, or queue.engine in config.json).",
    arguments: [
      { name: "action", summary: "status or create", required: true, choices: ["status", "create"] },
    ],
    options: [
      {
        name: "shards",
        value: "n",
        summary: "create, DynamoDB: for more than 500 tasks a second (default: 1)",
      },
      { name: "policy", summary: "create: only print the IAM policy that is needed, as JSON" },
      NAMESPACE_OPTION,
    ],
    examples: [
      { line: "pm queue status", note: "what waits and runs, and which workers are alive" },
      { line: "PM_QUEUE=dynamodb pm queue create", note: "make the table, once" },
      { line: "pm queue create --policy", note: "what the role of a worker must be allowed" },
    ],
    load: async () => (await import("../../run-part.ts")).queueCommand,
  },
  {
    name: "logs",
    summary: "Show what happened in a session",
    details: "Without a session id it takes the newest session of the project.",
    arguments: [
      { name: "session-id", summary: "Session (default: the project's newest)", completes: "session" },
      { name: "task-id", summary: "Only this task" },
    ],
    options: [
      { name: "report", summary: "Show the report instead" },
      { name: "patch", summary: "Show the change as a patch instead" },
      { name: "answer", summary: "Show the agent's answer instead" },
      ...PLACE_OPTIONS,
    ],
    examples: [
      { line: "pm logs session-1a2b3c", note: "the whole session" },
      { line: "pm logs session-1a2b3c --patch | git apply", note: "apply the kept change by hand" },
      { line: "pm logs --report", note: "report of the newest session here" },
    ],
    load: async () => logs,
  },
];
