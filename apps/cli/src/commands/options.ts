import type { QueueState, TaskKind } from "@pm/core";
import type { ArgumentSpec, OptionSpec } from "./command.ts";

// Named here too, since core's own list would load its schemas before a line of help is printed; a test compares them.
const KINDS = ["change", "refactor", "docs", "answer"] as const satisfies readonly TaskKind[];

const STATES = [
  "QUEUED",
  "RUNNING",
  "AWAITING_APPROVAL",
  "COMPLETE",
  "ERROR",
  "INVALID",
  "NO_EVIDENCE",
  "CANCELLED",
] as const satisfies readonly QueueState[];

/** Options of every command; they may stand before its name too. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: "json", summary: "Print the result as one JSON object on stdout" },
  { name: "quiet", short: "q", summary: "Print no progress" },
  { name: "no-color", summary: "Print without colours (so does NO_COLOR=1)" },
  { name: "help", short: "h", summary: "Show help" },
];

export const PROJECT_OPTION: OptionSpec = {
  name: "project",
  value: "path",
  completes: "directory",
  summary: "Folder of the project (default: the current one)",
};

/** What a namespace may be called: it becomes a folder, and a part of a table's name. */
export const NAMESPACE_PATTERN = /^[a-z0-9][a-z0-9-]{0,47}$/;
export const DEFAULT_NAMESPACE = "default";

export const NAMESPACE_OPTION: OptionSpec = {
  name: "namespace",
  value: "name",
  summary: "Namespace whose queue and state are used (default: default)",
};

/** Where a command is done. */
export const PLACE_OPTIONS: readonly OptionSpec[] = [PROJECT_OPTION, NAMESPACE_OPTION];

export const MAX_COST_OPTION: OptionSpec = {
  name: "max-cost",
  value: "dollars",
  summary:
    "Most that the agents of each task may cost, in US dollars (default: budget_usd of settings.json, else no limit)",
};

export const TASK_OPTIONS: readonly OptionSpec[] = [
  { name: "task", value: "text", multiple: true, summary: "A task; several run in order" },
  {
    name: "file",
    value: "path",
    multiple: true,
    completes: "file",
    summary: "A file that holds a task; - is standard input",
  },
  {
    name: "check",
    value: "command",
    multiple: true,
    summary: "Your own check: the task is done only when this command passes on the result",
  },
  {
    name: "scope",
    value: "glob",
    multiple: true,
    summary: "Files that may be changed, protected ones included",
  },
  {
    name: "kind",
    value: "kind",
    choices: KINDS,
    summary: "What proves it: change (default), refactor, docs or answer",
  },
  MAX_COST_OPTION,
];

export const PROVIDER_OPTION: OptionSpec = {
  name: "provider",
  value: "name",
  suggests: ["claude-code", "anthropic", "openai", "replay"],
  summary: "Who does the work: claude-code (default), anthropic, openai, replay, or one of your config.json",
};

export const RECORDING_OPTION: OptionSpec = {
  name: "recording",
  value: "path",
  completes: "file",
  summary: "Replay a recorded agent run from this file; needs no agent and no network",
};

export const RECORD_OPTION: OptionSpec = {
  name: "record",
  value: "path",
  completes: "file",
  summary: "When it ends, write what the agents did into this file, without secrets, for --recording",
};

/** What lists of the queue can be narrowed to. */
export const LIST_OPTIONS: readonly OptionSpec[] = [
  { name: "state", value: "state", choices: STATES, summary: "Only tasks in this state" },
  { name: "limit", value: "n", summary: "How many at most, 1 to 100 (default: 50)" },
  { name: "cursor", value: "cursor", summary: "Go on where an earlier list ended" },
];

export const SESSION_ARGUMENT: ArgumentSpec = {
  name: "session-id",
  summary: "Session, as pm tasks and pm tasks --sessions list it",
  required: true,
  completes: "session",
  missing: "E201",
};
