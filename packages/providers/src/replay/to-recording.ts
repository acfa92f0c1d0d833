/**
 * Makes a recording of what the agents of a session did, as its evidence says, of whatever provider they were.
 *
 * Invariants:
 * O1 no known secret, and nothing of a secret's form, is in it: a text or a file that held one differs, and the note says so;
 * O2 played on what a step started from, its actions leave what the step left: deletions first, so that a file can take a
 *    folder's place and a folder a file's.
 */
import { isUtf8 } from "node:buffer";
import type { AgentStep, FileEdit, Redactor, SessionSteps, TaskSteps } from "@pm/core";
import { redactDeep } from "@pm/core";
import { endedOf } from "./ended.ts";
import type { RecordedAction, RecordedStep, Recording } from "./recording.ts";

type Write = Extract<FileEdit, { kind: "write" }>;

const EXECUTABLE = "100755";
const SYMLINK = "120000";

/** @returns null where no agent of the session ran to an end: there is nothing to play. */
export function toRecording(session: SessionSteps, redactor: Redactor): Recording | null {
  const withSteps = session.tasks.filter(({ steps }) => steps.length > 0);
  // A task is found by its prompt: of two that are alike only one can be played.
  const tasks = withSteps.filter(
    (task, at) => !withSteps.slice(at + 1).some((later) => promptOf(later) === promptOf(task)),
  );
  if (tasks.length === 0) return null;
  const redacted = new Set<string>();
  const recorded = tasks.map((task) => ({
    prompt: task.input.prompt,
    steps: task.steps.map((step) => toStep(step, redactor, redacted)),
    ...(task.providerObjection === null ? {} : { objection: task.providerObjection }),
  }));
  const whole: Recording = {
    version: 2,
    recorded: {
      agent: session.provider.replace(/:.*$/s, ""),
      version: versionOf(tasks),
      date: session.openedAt.slice(0, 10),
      note: noteOf(session, [...redacted].sort(), withSteps.length - tasks.length),
    },
    tasks: recorded,
  };
  return redactDeep(whole, redactor);
}

const promptOf = ({ input }: TaskSteps) => input.prompt.trim();

function toStep(step: AgentStep, redactor: Redactor, redacted: Set<string>): RecordedStep {
  const actions = toActions(step.edits, (path, content) => {
    const { clean, changed } = withoutSecrets(content, redactor);
    if (changed || redactor.redact(path) !== path) redacted.add(path);
    return clean;
  });
  const used = step.record.tool_calls > 0;
  const ended = endedOf(step.record);
  return {
    phase: step.phase,
    ...(step.subtaskId === null ? {} : { subtask: step.subtaskId }),
    ...(step.ask === 1 ? {} : { attempt: step.ask }),
    actions: actions.length === 0 && used ? [{ tool: "look" }] : actions,
    ...(step.answer === undefined ? {} : { answer: step.answer }),
    usage: step.record.usage,
    ...(ended === undefined ? {} : { ended }),
  };
}

/** O2. */
function toActions(
  edits: readonly FileEdit[],
  clean: (path: string, content: Buffer) => Buffer,
): RecordedAction[] {
  const writes = edits.filter((edit): edit is Write => edit.kind === "write");
  const gone = edits.filter(({ kind }) => kind === "delete").map(({ path }) => path);
  // A folder that lost all its files is still there when they are deleted one by one.
  const folders = writes.filter(({ path }) => gone.some((other) => other.startsWith(`${path}/`)));
  const replaced = writes.filter(
    ({ mode, oldMode }) => [mode, oldMode].includes(SYMLINK) && oldMode !== null,
  );
  const paths = [...gone, ...folders.map(({ path }) => path), ...replaced.map(({ path }) => path)];
  return [
    ...paths.map((path): RecordedAction => ({ tool: "delete", path })),
    ...writes.map((write) => toWrite(write, clean(write.path, write.content))),
  ];
}

function toWrite({ path, mode, oldMode }: Write, content: Buffer): RecordedAction {
  if (mode === SYMLINK) return { tool: "link", path, target: content.toString("utf8") };
  return {
    tool: "write",
    path,
    ...(isUtf8(content) ? { content: content.toString("utf8") } : { base64: content.toString("base64") }),
    ...(mode === EXECUTABLE || oldMode === EXECUTABLE ? { executable: mode === EXECUTABLE } : {}),
  };
}

/** Bytes that are no text are looked at one by one, each as a character of its own. */
function withoutSecrets(content: Buffer, redactor: Redactor): { clean: Buffer; changed: boolean } {
  const encoding = isUtf8(content) ? "utf8" : "latin1";
  const text = content.toString(encoding);
  const clean = redactor.redact(text);
  return clean === text
    ? { clean: content, changed: false }
    : { clean: Buffer.from(clean, encoding), changed: true };
}

function versionOf(tasks: readonly TaskSteps[]): string {
  const versions = tasks.flatMap(({ steps }) => steps.map(({ record }) => record.agent_version));
  return versions.find((version) => version !== null) ?? "unknown";
}

function noteOf(session: SessionSteps, redacted: readonly string[], twins: number): string {
  return [
    `Made from the evidence of ${session.sessionId}.`,
    ...(session.model === null ? [] : [`Model: ${session.model}.`]),
    ...(redacted.length === 0
      ? []
      : [`Secrets were taken out of what was written, so these files differ: ${redacted.join(", ")}.`]),
    ...(twins === 0 ? [] : [`Left out, for a later task with the same prompt: ${twins} of its tasks.`]),
  ].join(" ");
}
