import { run as approve } from "./approve.ts";
import { run as cancel } from "./cancel.ts";
import type { CommandSpec } from "./command.ts";
import { run as doctor } from "./doctor.ts";
import { run as help } from "./help.ts";
import { run as init } from "./init.ts";
import { run as logs } from "./logs.ts";
import {
  LIST_OPTIONS,
  MAX_COST_OPTION,
  NAMESPACE_OPTION,
  PROJECT_OPTION,
  PROVIDER_OPTION,
  RECORD_OPTION,
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
      PROVIDER_OPTION,
      { name: "model", value: "name", summary: "Model of the provider" },
      RECORDING_OPTION,
      RECORD_OPTION,
      {
        name: "detach",
        short: "d",
        summary: "Only put the tasks into the queue, for a worker (pm worker), and don't wait",
      },
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
      { line: 'pm start --detach "Add a --version flag"', note: "leave it to a worker" },
    ],
    load: async () => (await import("../run-part.ts")).startCommand,
  },
  {
    name: "continue",
    summary: "Go on with a session that is INCOMPLETE",
    details:
      "Finished phases are not repeated. What needs an approval is shown and asked for on a terminal; elsewhere approve it first with pm approve.",
    arguments: [SESSION_ARGUMENT],
    options: [...TASK_OPTIONS, RECORD_OPTION, ...PLACE],
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
    name: "replay",
    summary: "Run a session once more from its evidence, offline, and compare",
    details:
      "Each task runs again on what it started from, in a temporary folder, with what its agents did taken from the evidence; everything else (QA, checks, gates) is done anew. Your project and the session are not touched. Exits 0 where every task comes to the status that is on record, else 1.",
    arguments: [SESSION_ARGUMENT],
    options: PLACE,
    examples: [
      { line: "pm replay session-1a2b3c", note: "says where it differs first, if it does" },
      { line: "pm replay session-1a2b3c --json", note: "for a script" },
    ],
    load: async () => (await import("../run-part.ts")).replayCommand,
  },
  {
    name: "repl",
    summary: "Work interactively: type tasks and commands, watch, approve",
    details:
      "Type what is to be done, or /help. It runs tasks of its namespace while it is open. Without a terminal it reads lines from standard input and prints plain results; it then exits 1 where a line ended in an error.",
    arguments: [],
    options: [
      ...PLACE,
      MAX_COST_OPTION,
      { name: "no-worker", summary: "Run no tasks here; they wait for another worker" },
      { name: "screen-reader", summary: "Only append lines, and draw nothing over" },
    ],
    examples: [
      { line: "pm repl", note: "in the current folder" },
      { line: "printf '%s\\n' 'Fix the typo in README.md' /diff | pm repl", note: "from a script" },
    ],
    load: async () => (await import("./repl.ts")).run,
  },
  {
    name: "web",
    summary: "Serve the web UI and its REST API",
    details:
      "On this machine alone, at http://localhost:5678 (5679 for namespace dev, a fixed port of its own for another one). It runs tasks of its project. Behind a tunnel, name the tunnel's host: whoever comes that way logs in with a link that is printed. Ctrl-C lets what runs finish for 30 s; again hands it back at once.",
    arguments: [],
    options: [
      {
        name: "port",
        value: "number",
        summary: "Port to listen on (default: the namespace's; 0: any free one)",
      },
      { name: "background", summary: "Run on its own; returns once the server answers (see pm web-stop)" },
      { name: "no-worker", summary: "Run no tasks here; they wait for another worker" },
      {
        name: "public-host",
        value: "host",
        multiple: true,
        summary: "Host name under which a tunnel brings requests here",
      },
      {
        name: "auth",
        value: "when",
        choices: ["local", "always"],
        summary: "Who logs in: local (default), only who comes from elsewhere; always, everybody",
      },
      ...PLACE,
    ],
    examples: [
      { line: "pm web", note: "on port 5678, until Ctrl-C" },
      { line: "pm web --background --namespace dev", note: "a server of its own, on port 5679" },
      { line: "pm web --public-host pm.example.com", note: "for a phone, through a tunnel to port 5678" },
    ],
    load: async () => (await import("../run-part.ts")).webCommand,
  },
  {
    name: "web-stop",
    summary: "Stop a web server",
    details:
      "What its worker runs goes back to the queue, or waits for you where an agent was interrupted. A server that does not end within 10 s is killed.",
    arguments: [],
    options: [
      { name: "port", value: "number", summary: "The server on this port, whatever its namespace" },
      { ...NAMESPACE_OPTION, summary: "Namespace whose servers are stopped (default: default)" },
    ],
    examples: [
      { line: "pm web-stop", note: "the default namespace's" },
      { line: "pm web-stop --port 5679", note: "the one on this port" },
    ],
    load: async () => (await import("../run-part.ts")).webStopCommand,
  },
  {
    name: "tasks",
    summary: "List the tasks in the queue, or those of one session",
    details:
      "Every task that was started or submitted in the namespace, from whatever front end, newest first. With an id: the tasks of a session, else those of a task group, or one task.",
    arguments: [{ name: "id", summary: "Session, task group or task", completes: "session" }],
    options: [
      ...LIST_OPTIONS,
      { name: "sessions", summary: "List sessions instead, also those without a task" },
      ...PLACE,
    ],
    examples: [
      { line: "pm tasks", note: "every task, newest first" },
      { line: "pm tasks --project . --state QUEUED", note: "what waits in the current project" },
      { line: "pm tasks session-1a2b3c", note: "the tasks of one session" },
      { line: "pm tasks --sessions --quiet", note: "session ids only, for scripts" },
    ],
    load: async () => (await import("../run-part.ts")).tasksCommand,
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
    load: async () => (await import("../run-part.ts")).workerCommand,
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
    load: async () => (await import("../run-part.ts")).queueCommand,
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
    name: "keys",
    summary: "Show which API keys are set; set, check or remove one",
    details:
      "A key of the environment (ANTHROPIC_API_KEY, OPENAI_API_KEY) goes before one of config.json. set asks for the key without showing it, or reads it from standard input; check sends one request for each key that is set.",
    arguments: [
      { name: "action", summary: "set, check or remove", choices: ["set", "check", "remove"] },
      { name: "provider", summary: "anthropic or openai", choices: ["anthropic", "openai"] },
      { name: "key", summary: "set: the key; it stays in your shell's history then", secret: true },
    ],
    options: [],
    examples: [
      { line: "pm keys", note: "SET or NOT SET, and where each comes from" },
      { line: "pm keys set anthropic", note: "asks for the key" },
      { line: "pass show openai | pm keys set openai", note: "from a password manager" },
      { line: "pm keys check", note: "exits 1 where one is refused" },
    ],
    load: async () => (await import("../run-part.ts")).keysCommand,
  },
  {
    name: "models",
    summary: "List the models of a provider, with their prices",
    details:
      "Asks the provider's API where a key is set, once a day; else it lists what was known when this pm was made, and says so. Prices are in US dollars per million tokens; your own go first (prices in config.json).",
    arguments: [],
    options: [{ ...PROVIDER_OPTION, summary: "Provider (default: the project's)" }, PROJECT_OPTION],
    examples: [
      { line: "pm models", note: "those of the project's provider" },
      { line: "pm models --provider openai --json", note: "for a script" },
    ],
    load: async () => (await import("../run-part.ts")).modelsCommand,
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
    // Three shells' scripts are a tenth of what help loads.
    load: async () => (await import("./completion.ts")).run,
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
