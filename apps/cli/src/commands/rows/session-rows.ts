import type { CommandSpec } from "../command.ts";
import {
  PLACE_OPTIONS,
  PROVIDER_OPTION,
  RECORD_OPTION,
  RECORDING_OPTION,
  SESSION_ARGUMENT,
  TASK_OPTIONS,
} from "../options.ts";
import { run as status } from "../status.ts";
import { run as verify } from "../verify.ts";

const NOTE_OPTION = {
  name: "note",
  value: "text",
  summary: "Why; it is kept in the evidence, and a rerun gives it to the agent",
} as const;

/** Commands about one session: from its start to its evidence. */
export const SESSION_ROWS: readonly CommandSpec[] = [
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
      ...PLACE_OPTIONS,
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
    load: async () => (await import("../../run-part.ts")).startCommand,
  },
  {
    name: "continue",
    summary: "Go on with a session that is INCOMPLETE",
    details:
      "Finished phases are not repeated. What needs an approval is shown and asked for on a terminal; elsewhere approve it first with pm approve.",
    arguments: [SESSION_ARGUMENT],
    options: [...TASK_OPTIONS, RECORD_OPTION, ...PLACE_OPTIONS],
    examples: [
      { line: "pm continue session-1a2b3c", note: "go on where it stopped" },
      { line: 'pm continue session-1a2b3c --task "And document it"', note: "add a task to the session" },
    ],
    load: async () => (await import("../../run-part.ts")).continueCommand,
  },
  {
    name: "status",
    summary: "Show where a session stands",
    arguments: [SESSION_ARGUMENT],
    options: PLACE_OPTIONS,
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
    options: [{ name: "yes", short: "y", summary: "Approve without asking" }, NOTE_OPTION, ...PLACE_OPTIONS],
    examples: [
      { line: "pm approve session-1a2b3c", note: "look, then decide" },
      {
        line: 'pm approve session-1a2b3c --yes --note "the lock file change is wanted"',
        note: "without a question",
      },
    ],
    load: async () => (await import("../../run-part.ts")).approveCommand,
  },
  {
    name: "cancel",
    summary: "Stop a running session, or end a waiting one",
    arguments: [SESSION_ARGUMENT],
    options: PLACE_OPTIONS,
    examples: [{ line: "pm cancel session-1a2b3c", note: "its agents are stopped, its evidence is kept" }],
    load: async () => (await import("../../run-part.ts")).cancelCommand,
  },
  {
    name: "verify",
    summary: "Check a session's evidence offline",
    details:
      "Recomputes every hash and the status from the files alone, and checks the signature over them. Exits 5 where they don't agree. A file that pm export made can be given instead of a session.",
    arguments: [{ ...SESSION_ARGUMENT, summary: "Session, or an exported file by its path" }],
    options: [
      {
        name: "key",
        value: "file",
        completes: "file",
        summary:
          "Public key, or for an exported file its id, that must have signed it (default: this machine's; without its signature only a note)",
      },
      ...PLACE_OPTIONS,
    ],
    examples: [
      { line: "pm verify session-1a2b3c", note: "names the first bad line, if there is one" },
      { line: "pm verify session-1a2b3c.pm.tar --key colleague.pem", note: "what somebody else exported" },
    ],
    load: async () => verify,
  },
  {
    name: "export",
    summary: "Write a session's evidence into one signed file that anybody can check",
    details:
      "A tar with the evidence, its attestation, the public key, a badge, an HTML report that opens offline, and a README that says how to check it all without pm. The same evidence gives the same bytes.",
    arguments: [SESSION_ARGUMENT],
    options: [
      {
        name: "output",
        short: "o",
        value: "file",
        completes: "file",
        summary: "Where to (default: <session-id>.pm.tar in the current folder)",
      },
      {
        name: "badge",
        value: "file",
        completes: "file",
        summary: "Write the badge (SVG) there, too, for a README or a pull request",
      },
      ...PLACE_OPTIONS,
    ],
    examples: [
      { line: "pm export session-1a2b3c", note: "into session-1a2b3c.pm.tar" },
      {
        line: "pm export session-1a2b3c -o proof.pm.tar --badge evidence.svg",
        note: "with the badge by itself",
      },
    ],
    load: async () => (await import("../../run-part.ts")).exportCommand,
  },
  {
    name: "replay",
    summary: "Run a session once more from its evidence, offline, and compare",
    details:
      "Each task runs again on what it started from, in a temporary folder, with what its agents did taken from the evidence; everything else (QA, checks, gates) is done anew. Your project and the session are not touched. Exits 0 where every task comes to the status that is on record, else 1.",
    arguments: [SESSION_ARGUMENT],
    options: PLACE_OPTIONS,
    examples: [
      { line: "pm replay session-1a2b3c", note: "says where it differs first, if it does" },
      { line: "pm replay session-1a2b3c --json", note: "for a script" },
    ],
    load: async () => (await import("../../run-part.ts")).replayCommand,
  },
];
