/**
 * Runs the tasks of a session once more from its evidence, without its agents, and compares what they come to.
 *
 * Owns one temporary folder a task: a project as the task found it, a home of `pm`'s, and the recording. Talks to the
 * session's engine, which only reads, and to an engine of its own below that folder.
 * Invariants:
 * N1 the user's project, home, queue and sessions are not touched, and nothing of the folder is left;
 * N2 what a person accepted is accepted again only where exactly the same stands against the result.
 */
import { mkdtemp, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Engine,
  type ExecutionResult,
  isRunnerError,
  type Redactor,
  type RunControl,
  RunnerError,
  removeTree,
  type SessionSteps,
  type TaskSteps,
  type Violation,
} from "@pm/core";
import { toRecording } from "@pm/providers";
import { compareTasks } from "./compare-tasks.ts";
import type { ReplayReport, TaskReplay } from "./replay-report.ts";

export interface ReplayParts {
  /** Knows the session. */
  readonly engine: Pick<Engine, "agentSteps" | "restoreProject">;
  /** An engine whose home is this folder. */
  engineIn(home: string): Engine;
}

export interface ReplayControl extends Pick<RunControl, "signal" | "onEvent"> {
  readonly onTask?: (task: { readonly id: string; readonly prompt: string }) => void;
}

/** A key in the result is one of the things to come to again; nobody gets this recording, and it goes with its folder. */
const AS_IT_WAS: Redactor = { redact: (text) => text };

/** @throws RunnerError E203, E401, E302, E310 not whole, E523 where nothing of it can be replayed */
export async function replaySession(
  parts: ReplayParts,
  sessionId: string,
  control: ReplayControl,
): Promise<ReplayReport> {
  const session = await parts.engine.agentSteps(sessionId);
  if (session.tasks.every(({ base }) => base === null))
    throw new RunnerError("E523", { session: sessionId, reason: "none of its tasks ever began" });
  const tasks: TaskReplay[] = [];
  for (const task of session.tasks) tasks.push(await replayTask(parts, session, task, control));
  return { session_id: sessionId, same: tasks.every(({ verdict }) => verdict === "same"), tasks };
}

async function replayTask(
  { engine, engineIn }: ReplayParts,
  session: SessionSteps,
  task: TaskSteps,
  control: ReplayControl,
): Promise<TaskReplay> {
  if (task.incomparable !== null) return notReplayed(task, task.incomparable);
  const recording = toRecording({ ...session, tasks: [task] }, AS_IT_WAS);
  if (recording === null) return notReplayed(task, "no agent of it ran to an end");
  if (control.signal?.aborted) return notReplayed(task, "the replay was interrupted");
  control.onTask?.({ id: task.taskId, prompt: task.input.prompt });
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pm-replay-")));
  try {
    const project = join(folder, "project");
    const path = join(folder, "recording.json");
    await writeFile(path, JSON.stringify(recording));
    await engine.restoreProject({ sessionId: session.sessionId, taskId: task.taskId, dir: project });
    const replay = engineIn(join(folder, "home"));
    const started = await replay.start({
      project,
      tasks: [withBudgetOf(task)],
      provider: `replay:${path}`,
      ...(session.model === null ? {} : { model: session.model }),
      ...control,
    });
    const ended = await acceptAgain(replay, started, task.accepted, control);
    const [replayed] = (await replay.agentSteps(ended.session_id)).tasks;
    if (control.signal?.aborted || replayed === undefined)
      return notReplayed(task, "the replay was interrupted");
    return compareTasks(task, replayed);
  } finally {
    await removeTree(folder);
  }
}

/**
 * Recorded runs cost what they cost, but end sooner: one that began beside another may begin after it, and find a budget
 * used up that was not. So the budget holds only where it stopped the task.
 */
function withBudgetOf({ input, violations }: TaskSteps): TaskSteps["input"] {
  if (input.budgetUsd === undefined || violations.some(({ code }) => code === "E516")) return input;
  return { ...input, budgetUsd: Number.MAX_SAFE_INTEGER };
}

/** N2. */
async function acceptAgain(
  replay: Engine,
  started: ExecutionResult,
  accepted: TaskSteps["accepted"],
  control: ReplayControl,
): Promise<ExecutionResult> {
  const sessionId = started.session_id;
  let result = started;
  for (const _ of accepted) {
    const view = await replay.approvalView(sessionId).catch((error: unknown) => {
      if (isRunnerError(error, "E207")) return null;
      throw error;
    });
    if (view?.effect !== "accept") break;
    const seen = whatStands(view.violations);
    if (!accepted.some((violations) => whatStands(violations) === seen)) break;
    await replay.approve({ sessionId, digest: view.digest, note: "accepted when it was recorded" });
    result = await replay.continueSession({ sessionId, ...control });
  }
  return result;
}

/** Messages name the session, so codes and paths are compared. */
function whatStands(violations: readonly Violation[]): string {
  const keys = violations.map(({ code, gate, paths }) => JSON.stringify([code, gate, [...paths].sort()]));
  return [...new Set(keys)].sort().join("\n");
}

function notReplayed(task: TaskSteps, reason: string): TaskReplay {
  return {
    task_id: task.taskId,
    prompt: task.input.prompt,
    recorded: task.status,
    replayed: null,
    verdict: "not comparable",
    reason,
    notes: [],
  };
}
