import { run as approve } from "./approve.ts";
import { run as cancel } from "./cancel.ts";
import type { CommandSpec } from "./command.ts";
import { run as completion } from "./completion.ts";
import { run as doctor } from "./doctor.ts";
import { run as help } from "./help.ts";
import { run as init } from "./init.ts";
import { run as logs } from "./logs.ts";
import {
  NAMESPACE_OPTION,
  PROJECT_OPTION,
  RECORDING_OPTION,
  SESSION_ARGUMENT,
  TASK_OPTIONS,
} from "./options.ts";
import { run as status } from "./status.ts";
import { run as validate } from "./validate.ts";
import { run as verify } from "./verify.ts";

const PLACE = [PROJECT_OPTION, NAMESPACE_OPTION];
const NOTE_OPTION = {
  name: "note",
  value: "text",
  summary: "Why; it is kept in the evidence, and a rerun gives it to the agent",
} as const;

/**
 * Every command, in the order in which help lists them. What needs nothing heavy is at hand; the rest is
 * loaded when it is used.
 */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "start",
    summary: "Start a session: run tasks through the seven phases",
    details:
      "The exit code tells the status: 0 COMPLETE, 1 ERROR, 3 INCOMPLETE, 4 NO_EVIDENCE, 5 INVALID; 2 is wrong usage, 130 an interruption. Without a task the session is only opened.",
    arguments: [{ name: "prompt", summary: "The task, as words", variadic: true }],
    options: [
      ...TASK_OPTIONS,
      {
        name: "provider",
        value: "name",
        summary: "Who does the work: claude-code (default) or replay",
      },
      { name: "model", value: "name", summary: "Model of the provider" },
      RECORDING_OPTION,
      ...PLACE,
    ],
    examples: [
      { line: 'pm start "Add a --version flag"', note: "run one task in the current folder" },
      {
        line: 'pm start --file task.md --check "npm run e2e"',
        note: "task from a file, with a check of your own",
      },
      {
        line: 'pm start --project ../lib --task "Fix #12" --task "Fix #14" --json',
        note: "two tasks, for a script",
      },
    ],
    load: async () => (await import("../run-part.ts")).startCommand,
  },
  {
    name: "continue",
    summary: "Go on with a session that is INCOMPLETE",
    details:
      "Finished phases are not repeated. What needs an approval is shown and asked for on a terminal; elsewhere approve it first with pm approve.",
    arguments: [SESSION_ARGUMENT],
    options: [...TASK_OPTIONS, ...PLACE],
    examples: [
      { line: "pm continue session-1a2b3c", note: "go on where it stopped" },
      { line: 'pm continue session-1a2b3c --task "And document it"', note: "add a task to the session" },
    ],
    load: async () => (await import("../run-part.ts")).continueCommand,
  },
  {
    name: "status",
    summary: "Show where a session stands",
    arguments: [SESSION_ARGUMENT],
    options: PLACE,
    examples: [
      { line: "pm status session-1a2b3c", note: "works from any folder" },
      { line: "pm status session-1a2b3c --json", note: "the ExecutionResult as JSON" },
    ],
    load: async () => status,
  },
  {
    name: "approve",
    summary: "Approve what holds up an INCOMPLETE session",
    details:
      "On a terminal it shows what would be approved and asks. Without one it approves all that can be approved. The approval holds for exactly what was seen; pm continue acts on it.",
    arguments: [SESSION_ARGUMENT],
    options: [{ name: "yes", short: "y", summary: "Approve without asking" }, NOTE_OPTION, ...PLACE],
    examples: [
      { line: "pm approve session-1a2b3c", note: "look, then decide" },
      {
        line: 'pm approve session-1a2b3c --yes --note "the lock file change is wanted"',
        note: "without a question",
      },
    ],
    load: async () => approve,
  },
  {
    name: "cancel",
    summary: "Stop a running session, or end a waiting one",
    arguments: [SESSION_ARGUMENT],
    options: PLACE,
    examples: [{ line: "pm cancel session-1a2b3c", note: "its agents are stopped, its evidence is kept" }],
    load: async () => cancel,
  },
  {
    name: "verify",
    summary: "Check a session's evidence offline",
    details: "Recomputes every hash and the status from the files alone. Exits 5 where they don't agree.",
    arguments: [SESSION_ARGUMENT],
    options: PLACE,
    examples: [{ line: "pm verify session-1a2b3c", note: "names the first bad line, if there is one" }],
    load: async () => verify,
  },
  {
    name: "tasks",
    summary: "List sessions, or the tasks of one",
    arguments: [{ name: "session-id", summary: "Session whose tasks are listed", completes: "session" }],
    options: PLACE,
    examples: [
      { line: "pm tasks", note: "every session, newest first" },
      { line: "pm tasks --project .", note: "those of the current project" },
      { line: "pm tasks session-1a2b3c", note: "the tasks of one session" },
      { line: "pm tasks --quiet", note: "ids only, for scripts" },
    ],
    load: async () => (await import("../run-part.ts")).tasksCommand,
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
      ...PLACE,
    ],
    examples: [
      { line: "pm logs session-1a2b3c", note: "the whole session" },
      { line: "pm logs session-1a2b3c --patch | git apply", note: "apply the kept change by hand" },
      { line: "pm logs --report", note: "report of the newest session here" },
    ],
    load: async () => logs,
  },
  {
    name: "validate",
    summary: "Check a project's structure and settings; runs nothing",
    arguments: [],
    options: PLACE,
    examples: [{ line: "pm validate --project path/to/project", note: "exits 1 and names what is wrong" }],
    load: async () => validate,
  },
  {
    name: "init",
    summary: "Create the .claude scaffold in a project",
    details: "Files that are there already are left alone.",
    arguments: [],
    options: PLACE,
    examples: [{ line: "pm init", note: "in the current folder" }],
    load: async () => init,
  },
  {
    name: "doctor",
    summary: "Check this machine, the logins and the project; one fix for each problem",
    arguments: [],
    options: PLACE,
    examples: [{ line: "pm doctor", note: "exits 1 if something needed is missing" }],
    load: async () => doctor,
  },
  {
    name: "completion",
    summary: "Print a completion script for a shell",
    arguments: [
      { name: "shell", summary: "bash, zsh or fish", required: true, choices: ["bash", "zsh", "fish"] },
    ],
    options: [],
    examples: [
      { line: "source <(pm completion bash)", note: "in ~/.bashrc" },
      { line: "source <(pm completion zsh)", note: "in ~/.zshrc, after compinit" },
      { line: "pm completion fish > ~/.config/fish/completions/pm.fish", note: "once" },
    ],
    load: async () => completion,
  },
  {
    name: "help",
    summary: "Show help about pm or a command",
    arguments: [{ name: "command", summary: "Command", completes: "command" }],
    options: [],
    examples: [{ line: "pm help start", note: "the same as pm start --help" }],
    load: async () => help,
  },
];
