/**
 * The one registry of error codes. A code is never renumbered or reused.
 *
 * `exit` is the process exit code of a command that ends with it, `http` the status of a REST answer,
 * `retry` says whether the same call may succeed later without anyone changing anything.
 * `{name}` in a message or hint is filled from the error's data.
 */
export interface ErrorSpec {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly exit: 1 | 2 | 130;
  readonly http: number;
  readonly retry: boolean;
}

const spec = (
  title: string,
  message: string,
  hint: string,
  http = 400,
  exit: 1 | 2 | 130 = 1,
  retry = false,
): ErrorSpec => ({ title, message, hint, exit, http, retry });

export const ERROR_CODES = {
  // E1xx: project and configuration
  E101: spec("Project not found", "There is no directory {path}.", "Check the path given to --project."),
  E102: spec("Not a directory", "{path} is not a directory.", "Give --project the folder of the project."),
  E103: spec(
    "Project unreadable",
    "{path} can't be read: {reason}.",
    "Fix its permissions, or run pm as a user who may read it.",
  ),
  E104: spec(
    "Project read-only",
    "{path} can't be written: {reason}.",
    "Fix its permissions: pm keeps its evidence in .pm/ of the project.",
  ),
  E105: spec("No .claude directory", "{path} has no .claude directory.", "Run: pm init --project {project}"),
  E106: spec("Project file missing", "{path} is missing.", "Run: pm init --project {project}"),
  E107: spec("Invalid JSON", "{path}:{line}:{column} is not valid JSON: {reason}.", "Correct that line."),
  E108: spec(
    "Invalid setting",
    "{path}: {setting} is {value}; allowed: {allowed}.",
    "Correct the value, or remove the key to use its default.",
  ),
  E109: spec(
    "No space left",
    "No space is left on the device of {path}.",
    "Free some space, then run the same command again.",
    507,
    1,
    true,
  ),
  E110: spec(
    "git missing",
    "git was not found on PATH, or is older than {needed}.",
    "Install git {needed} or newer.",
  ),
  E111: spec("No working sandbox", "A sandbox is required, but none works here: {reason}.", "{fix}"),
  E112: spec(
    "Invalid user configuration",
    "{path} is not valid: {reason}.",
    "Correct the file, or move it away to start with defaults.",
  ),
  E113: spec("Insecure file", "{path} is refused: {reason}.", "Run: chmod 600 {path}"),
  E114: spec("Unknown command", "There is no command {name}.{suggestion}", "Run: pm --help", 404, 2),
  E115: spec("Invalid arguments", "{reason}", "Run: pm {command} --help", 400, 2),
  E116: spec("Unreadable input", "{path} can't be read: {reason}.", "Check the path.", 400, 2),
  E117: spec(
    "Invalid namespace",
    "{value} is no namespace.",
    "Use lower-case letters, digits and dashes, at most 48, starting with a letter or digit.",
    400,
    2,
  ),
  E118: spec("Node too old", "Node {found} is too old.", "Install Node 20.19 or newer."),
  E119: spec(
    "Unexpected file system error",
    "{path}: {reason}.",
    "Check that path, then run the same command again.",
  ),
  E120: spec(
    "Unsupported file name",
    "{path} has a name that is not UTF-8.",
    "Rename it, or have it ignored by .gitignore.",
  ),
  E121: spec(
    "Unexpected failure",
    "{reason}",
    "This is a defect of pm; please report it with what PM_DEBUG=1 prints.",
    500,
  ),
  E122: spec("Wrong kind of file", "{path} is not a {expected}.", "Move it away, then run: pm init"),
  // E2xx: lifecycle
  E201: spec("Session id missing", "No session id was given.", "Run: pm tasks, to list sessions.", 400, 2),
  E202: spec(
    "Malformed session id",
    "{id} is no session id.",
    "Session ids look like session-1a2b3c; run: pm tasks",
    400,
    2,
  ),
  E203: spec("Unknown session", "There is no session {id}.", "Run: pm tasks, to list sessions.", 404),
  E204: spec(
    "Session finished",
    "{id} ended {status} and can't be continued.",
    "Start a new one: pm start",
    409,
  ),
  E205: spec("Approval needed", "{id} waits for an approval: {reason}.", "Run: pm approve {id}", 409),
  E206: spec(
    "Illegal transition",
    "{event} is not allowed in state {state}.",
    "This is a defect of pm; please report it with the session folder.",
    409,
  ),
  E207: spec(
    "Nothing to approve",
    "{id} has nothing that an approval could change.",
    "Run: pm status {id}",
    409,
  ),
  E208: spec(
    "Approval stale",
    "What was shown of {id} has changed since.",
    "Look at it again: pm approve {id}",
    412,
  ),
  E209: spec("No task", "The task is empty.", 'Give it as words: pm start "what to do"', 400, 2),
  E210: spec(
    "Operation timed out",
    "{what} gave no sign for {seconds} s and was stopped.",
    "Raise timeouts.operation_timeout_seconds, or split the task.",
    504,
  ),
  E211: spec(
    "Time limit reached",
    "{what} ran for {seconds} s, the limit.",
    "Raise task_limits.seconds, or split the task.",
    504,
  ),
  E212: spec("Interrupted", "The run was interrupted in {phase}.", "Run: {next}", 409, 130),
  E213: spec("Cancelled", "The task was cancelled.", "Start a new one: pm start", 409),
  E214: spec("Executor run not clean", "{reason}", "Read the log: pm logs {session}", 422),
  E215: spec(
    "Permission denied in the run",
    "The agent was denied: {tools}.",
    "Accept the result as it is, or let it run again: pm approve {session}",
    422,
  ),
  E216: spec(
    "Prompt not covered",
    "No requirement covers: {parts}.",
    "Approve to go on all the same, or reword the task.",
    422,
  ),
  E217: spec(
    "Handover invalid",
    "{file} of {phase} is not valid: {reason}.",
    "Approve to let the phase run again: pm approve {session}",
    422,
  ),
  E218: spec("Nothing changed", "The agents changed nothing.", "Reword the task, then start it anew.", 422),
  E219: spec(
    "An answer, not a change",
    "The agent gave an answer instead of a change (sha256 {digest}…).",
    "Read the answer: pm logs {session}; accept it: pm approve {session}",
    422,
  ),
  E220: spec(
    "No substance",
    "Source files differ only in white space or comments.",
    "Accept it or let it run again: pm approve {session}",
    422,
  ),
  E221: spec(
    "Out of scope",
    "Changed outside the plan's scope: {paths}.",
    "Look at the diff, then: pm approve {session}",
    422,
  ),
  E222: spec(
    "Limit exceeded",
    "{what}: {value}, the limit is {limit}.",
    "Raise {setting}, split the task, or accept it: pm approve {session}",
    422,
  ),
  E223: spec("QA failed", "{command} failed with {outcome}.", "Read its output: pm logs {session}", 422),
  E224: spec(
    "No QA command",
    "No QA command is configured or was found.",
    'Set qa.commands in .claude/settings.json, for example ["npm test"].',
    422,
  ),
  E225: spec(
    "No test ran",
    "The QA commands ran no test that pm could count.",
    "Give qa.commands a test runner with TAP output or a known summary.",
    422,
  ),
  E226: spec(
    "Fewer tests than before",
    "{result} tests ran on the result, {base} on the base.",
    "If a removal was asked for, accept it: pm approve {session}",
    422,
  ),
  E227: spec(
    "Protected files changed",
    "Changed though protected: {paths}.",
    "Name them with --scope, or accept them: pm approve {session}",
    422,
  ),
  E228: spec(
    "Requirement unproven",
    "{requirement} has no check that fails on the base and passes on the result: {reason}.",
    "Let it run again: pm approve {session}",
    422,
  ),
  E229: spec(
    "Secret in the change",
    "{path} holds what looks like {kind}.",
    "Remove it, or accept it: pm approve {session}",
    422,
  ),
  E230: spec(
    "Merge conflict",
    "{paths} changed on both sides.",
    "Resolve it by hand with the kept patch, or let it run again: pm approve {session}",
    409,
  ),
  E231: spec(
    "Landing conflict",
    "{paths} changed in your project meanwhile and can't be merged.",
    "Apply the kept patch by hand: {patch}",
    409,
  ),
  E232: spec(
    "Checks not fixed before execution",
    "{reason}",
    "Let the planning run again: pm approve {session}",
    422,
  ),
  E233: spec("Phases out of order", "{reason}", "Don't trust this session; start a new one.", 409),
  E234: spec(
    "Unfinished executor run",
    "An executor run of {phase} was under way when pm stopped.",
    "Let it run again: pm approve {session}",
    409,
  ),
  E235: spec("No such evidence", "{id} has no {name}.", "Run: pm status {id}", 404),
  E236: spec(
    "Your check failed",
    "Your check {command} did not pass on the result: {outcome}.",
    "Read its output: pm logs {session}; let it run again: pm approve {session}",
    422,
  ),
  // E3xx: evidence
  E301: spec(
    "Evidence missing",
    "{path} is missing.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E302: spec(
    "Journal damaged",
    "{path}:{line} {reason}.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E303: spec(
    "Evidence altered",
    "{path} does not match its digest.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E304: spec(
    "Projection altered",
    "{path}:{line} differs from what the journal says.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E305: spec(
    "Status not derivable",
    "{path} says {stored}, the evidence says {derived}.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E306: spec(
    "Escape from the workspace",
    "{reason}",
    "Look at what ran: pm logs {session}; don't trust its result.",
    422,
  ),
  E307: spec(
    "Evidence not writable",
    "{path} could not be written durably: {reason}.",
    "Free space or fix the disk, then: pm continue {session}",
    507,
  ),
  E308: spec(
    "Store damaged",
    "The snapshot store {path} can't be read: {reason}.",
    "Move {path} away; sessions still open can't be continued.",
    409,
  ),
  E309: spec(
    "Foreign file in the evidence",
    "{path} is not evidence that the journal names.",
    "Move it out of the session folder, then: pm verify {session}",
    409,
  ),
  // E4xx: locks and semaphores
  E401: spec(
    "Session in use",
    "{id} is held by pid {pid}, started {started}.",
    "Wait for it, or stop it: pm cancel {id}",
    409,
    1,
    true,
  ),
  E402: spec(
    "Deadlock",
    "No progress for {seconds} s while waiting for {what}.",
    "See what holds it: {holder}",
    409,
    1,
    true,
  ),
  E403: spec(
    "Project busy",
    "Another task lands in {path} (pid {pid}).",
    "Run the same command again when it has ended.",
    409,
    1,
    true,
  ),
  // E5xx: agents and providers
  E501: spec(
    "Agent not found",
    "The executable {command} was not found.",
    "Install it: npm install -g @anthropic-ai/claude-code",
    424,
  ),
  E502: spec(
    "Agent too old",
    "{command} is version {found}; {needed} or newer is needed.",
    "Update it: npm install -g @anthropic-ai/claude-code@latest",
    424,
  ),
  E503: spec(
    "Not logged in",
    "{provider} has no key and no login.",
    "Set ANTHROPIC_API_KEY, or log in: claude auth login",
    401,
  ),
  E504: spec(
    "Key refused",
    "{provider} refused the key or login: {reason}.",
    "Check ANTHROPIC_API_KEY, or log in again: claude auth login",
    401,
  ),
  E505: spec(
    "Rate limited",
    "{provider} limits the rate: {reason}.",
    "Wait, then let it run again: pm approve {session}",
    429,
    1,
    true,
  ),
  E506: spec(
    "Provider failed",
    "{provider} failed: {reason}.",
    "Try again later: start the task anew.",
    502,
    1,
    true,
  ),
  E507: spec("Unknown provider", "There is no provider {name}.{suggestion}", "Providers: {known}", 400, 2),
  E508: spec(
    "Recording unusable",
    "{path} can't be replayed: {reason}.",
    "Check the recording, or choose another provider.",
    422,
  ),
  E509: spec("Recording mismatch", "{reason}", "Record it anew: the recording does not fit this task.", 422),
  E510: spec("Agent crashed", "{provider} ended with {outcome}.", "Read the log: pm logs {session}", 502),
  E511: spec(
    "Request refused by the API",
    "{provider} refused the request: {reason}.",
    "Read the log: pm logs {session}",
    422,
  ),
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** `{name}` in a registry text replaced by the value of `data.name`; what is missing becomes `?`. */
export function fillTemplate(template: string, data: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(data[key] ?? "?"));
}
