/**
 * Reads from evidence what the agents of a session did. What an executor did is the difference between the tree that it
 * was given and the tree that `pm` took afterwards: tools and words of agents don't come into it.
 *
 * Invariants:
 * D1 only runs that count are read: of an attempt that was given up nothing is left in the folded journal;
 * D2 the tree that a subtask started from is put together by the code that did so when it ran.
 */
import type { TreeId } from "../evidence/change.ts";
import { openViolations } from "../evidence/fold.ts";
import { handedOver } from "../evidence/handed-over.ts";
import { loadTaskEvidence } from "../evidence/load-task-evidence.ts";
import type { TaskState } from "../evidence/session-state.ts";
import type { RunEvidence } from "../gates/task-evidence.ts";
import { isAgentPhase } from "../lifecycle/phases.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import type { AgentStep, SessionSteps, TaskSteps } from "./agent-steps.ts";
import { editsBetween } from "./edits-between.ts";
import { executionBases } from "./execution-bases.ts";
import { type Branch, mergeBranches } from "./merge-branches.ts";
import type { SessionReading } from "./read-session.ts";

/** @throws RunnerError E301, E303 where a blob is missing or altered, E308 where a tree is no longer in the store. */
export async function readAgentSteps(
  sessionId: string,
  reading: SessionReading,
  store: SnapshotStore,
): Promise<SessionSteps> {
  const { opened, openedAt, tasks } = reading.state;
  const bases = executionBases(reading.lines);
  const read: TaskSteps[] = [];
  for (const [taskId, task] of tasks) {
    const base = bases.get(taskId) ?? null;
    read.push(await readTask(reading, store, task, base));
  }
  return {
    sessionId,
    provider: opened?.provider ?? "",
    model: opened?.model ?? null,
    openedAt: openedAt ?? "",
    tasks: read,
  };
}

async function readTask(
  reading: SessionReading,
  store: SnapshotStore,
  task: TaskState,
  base: TreeId | null,
): Promise<TaskSteps> {
  const { task_id, prompt, kind, scope, checks, budget_usd } = task.submitted;
  return {
    taskId: task_id,
    input: { prompt, kind, scope, checks, ...(budget_usd === undefined ? {} : { budgetUsd: budget_usd }) },
    status: task.status,
    base,
    result: task.result?.tree ?? null,
    isolation: task.isolation,
    phases: task.phases.map(({ phase, outcome }) => ({ phase, outcome })),
    violations: openViolations(task),
    accepted: task.approvals.filter(({ effect }) => effect === "accept").map(({ violations }) => violations),
    providerObjection: task.providerObjection,
    incomparable: whyIncomparable(reading, task),
    steps: base === null ? [] : await readSteps(reading, store, task, base),
  };
}

async function readSteps(
  reading: SessionReading,
  store: SnapshotStore,
  task: TaskState,
  base: TreeId,
): Promise<AgentStep[]> {
  const branches = await branchesOf(reading, store, task, base);
  const steps = new Map<string, AgentStep>();
  for (const run of task.runs) {
    const { phase, subtask_id, ask, record, answer } = run;
    if (!isAgentPhase(phase)) continue;
    const key = JSON.stringify([phase, subtask_id, ask]);
    const branch = run.writes ? branches.get(subtask_id ?? "") : undefined;
    // It ended, and a crash came before its tree was taken: it counts no more, and another run did its work.
    if (run.writes && branch === undefined) continue;
    // The same ask twice is one that a crash cut off from its result: the later one counts.
    steps.delete(key);
    steps.set(key, {
      phase,
      subtaskId: subtask_id,
      ask,
      record,
      answer: answer === null ? undefined : (JSON.parse(reading.read(answer)) as unknown),
      edits: branch && isLastOf(task.runs, run) ? await editsBetween(store, branch.start, branch.end) : [],
    });
  }
  return [...steps.values()];
}

/** Of several runs on one checkout the last one leaves what is taken. */
const isLastOf = (runs: readonly RunEvidence[], run: RunEvidence) =>
  runs.findLast((other) => other.writes && other.subtask_id === run.subtask_id) === run;

/** D2. */
async function branchesOf(
  reading: SessionReading,
  store: SnapshotStore,
  task: TaskState,
  base: TreeId,
): Promise<ReadonlyMap<string, Branch>> {
  const subtasks = handedOver(task, reading.read).subtasks?.subtasks ?? [];
  const branches = new Map<string, Branch>();
  const branchOf = async (id: string): Promise<Branch | null> => {
    const known = branches.get(id);
    if (known) return known;
    const end = task.subtaskTrees.get(id);
    if (end === undefined) return null;
    const needed = subtasks.find((subtask) => subtask.id === id)?.depends_on ?? [];
    const before: Branch[] = [];
    for (const other of subtasks.filter((subtask) => needed.includes(subtask.id))) {
      const branch = await branchOf(other.id);
      if (branch) before.push(branch);
    }
    const branch = { start: (await mergeBranches(store, base, before)).tree, end };
    branches.set(id, branch);
    return branch;
  };
  for (const { id } of subtasks) await branchOf(id);
  return branches;
}

/** What a replay can't do over: what a person, the clock or the machine did to the task. */
function whyIncomparable({ state, read }: SessionReading, task: TaskState): string | null {
  if (task.base === null) return "it never began";
  if (task.cancelled) return "it was cancelled";
  if (task.at !== "ENDED") return `it has not ended, it stands at ${task.at}`;
  if (task.merges > 0) return "it was merged with what was changed in the project meanwhile";
  const landing = task.failures.find(({ gate }) => gate === "landing");
  if (landing) return `what was changed in the project meanwhile stood against it (${landing.code})`;
  // A used-up budget comes from what the runs did cost, which a replay repeats.
  const machine = task.failures.find(({ gate, code }) => gate === "runner" && code !== "E516");
  if (machine) return `something failed that was not the agents' (${machine.code})`;
  const { executionSeconds, settings } = loadTaskEvidence(state, task, read);
  if (executionSeconds > settings.task_limits.seconds)
    return "its agents took longer than task_limits.seconds, which a replay does not";
  return null;
}
