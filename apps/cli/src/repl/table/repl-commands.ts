import { cancel, diff, logs, status, tasks, verify } from "./evidence-commands.ts";
import { help } from "./help-command.ts";
import { KEYS_USAGE, keys } from "./keys-command.ts";
import type { ReplCommand } from "./repl-command.ts";
import { approve, clear, exit, init, resume, start } from "./session-commands.ts";
import { model, models, provider } from "./setup-commands.ts";
import { web } from "./web-command.ts";

const KEYS_SET = [
  { name: "set", required: false, completes: ["set", "check", "remove"] },
  { name: "provider", required: false, completes: ["anthropic", "openai"] },
  { name: "key", required: false },
] as const;

/** Every command of the REPL, in the order in which help lists them. */
export const REPL_COMMANDS: readonly ReplCommand[] = [
  {
    name: "help",
    summary: "Show every command, and where this session stands",
    arguments: [],
    inKeySetup: true,
    run: help,
  },
  {
    name: "init",
    summary: "Create the .claude scaffold in this project",
    arguments: [],
    inKeySetup: false,
    run: init,
  },
  {
    name: "model",
    summary: "Show the model, or set it for this project",
    arguments: [{ name: "name", required: false, completes: "model" }],
    inKeySetup: false,
    run: model,
  },
  { name: "start", summary: "Start a new session", arguments: [], inKeySetup: false, run: start },
  {
    name: "continue",
    summary: "Go on with a session that is INCOMPLETE",
    arguments: [{ name: "id", required: true, completes: "session" }],
    inKeySetup: false,
    run: resume,
  },
  { name: "status", summary: "Show where the session stands", arguments: [], inKeySetup: false, run: status },
  { name: "tasks", summary: "List the tasks of the session", arguments: [], inKeySetup: false, run: tasks },
  {
    name: "approve",
    summary: "Look at what waits for an approval, and decide",
    arguments: [],
    inKeySetup: false,
    run: approve,
  },
  {
    name: "cancel",
    summary: "Stop what runs in the session, or end what waits",
    arguments: [],
    inKeySetup: false,
    run: cancel,
  },
  {
    name: "diff",
    summary: "Show the change that the last task made",
    arguments: [],
    inKeySetup: false,
    run: diff,
  },
  {
    name: "logs",
    summary: "List the tasks' logs, or show one",
    arguments: [{ name: "task-id", required: false, completes: "task" }],
    inKeySetup: false,
    run: logs,
  },
  {
    name: "verify",
    summary: "Check the session's evidence offline",
    arguments: [],
    inKeySetup: false,
    run: verify,
  },
  {
    name: "provider",
    summary: "Show the provider, or set it for this project",
    arguments: [{ name: "name", required: false, completes: "provider" }],
    inKeySetup: true,
    run: provider,
  },
  {
    name: "models",
    summary: "List the models of the provider",
    arguments: [],
    inKeySetup: false,
    run: models,
  },
  {
    name: "keys",
    summary: "Show which API keys are set; set, check or remove one",
    arguments: KEYS_SET,
    usage: KEYS_USAGE,
    inKeySetup: true,
    secret: ([word]) => word === "set",
    run: keys,
  },
  {
    name: "web",
    summary: "Show where the web UI is; start it where none runs",
    arguments: [],
    inKeySetup: false,
    run: web,
  },
  {
    name: "clear",
    summary: "Leave the session; the next task opens another",
    arguments: [],
    inKeySetup: false,
    run: clear,
  },
  { name: "exit", summary: "Leave", arguments: [], inKeySetup: true, run: exit },
];
