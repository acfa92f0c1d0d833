import {
  type ErrorCode,
  type ExecutionResult,
  NO_TASK_USAGE,
  type QueueState,
  type QueueTask,
  type Status,
  type TaskQueue,
  type Violation,
  violationOf,
} from "@pm/core";
import { isGone } from "../worker/worker-id.ts";
import { findTasks } from "./find-tasks.ts";

/** Worst first, as the engine counts. */
const WORST: readonly Status[] = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"];

/**
 * What the queue knows of tasks whose evidence is not here: not begun yet, or begun on another machine.
 * @param unknown thrown where the queue knows nothing of the id either
 */
export async function queuedStatus(queue: TaskQueue, id: string, unknown: unknown): Promise<ExecutionResult> {
  const tasks = await findTasks(queue, id);
  if (tasks.length === 0) throw unknown;
  const statuses = tasks.map(({ state }) => statusOf(state));
  return {
    session_id: tasks.at(-1)?.session?.session_id ?? id,
    overall_status: WORST.find((status) => statuses.includes(status)) ?? "INCOMPLETE",
    evidence_path: tasks.find((task) => task.outcome?.evidence_path)?.outcome?.evidence_path ?? "",
    next_action: tasks.map(nextAction).find((action) => action !== null) ?? null,
    violations: tasks.flatMap((task) => violationsOf(task, queue.namespace)),
    tasks: tasks.map((task) => ({
      task_id: task.task_id,
      prompt: task.summary,
      status: statusOf(task.state),
      phase: null,
      landed: task.state === "COMPLETE",
      files_changed: [],
      cost_usd: null,
      usage: NO_TASK_USAGE,
      isolation: null,
    })),
  };
}

const statusOf = (state: QueueState): Status =>
  (WORST as readonly string[]).includes(state) ? (state as Status) : "INCOMPLETE";

/** Also for a worker that takes it over from one of this machine that is no more. */
const isWaiting = ({ state, claim }: QueueTask): boolean =>
  state === "QUEUED" || (state === "RUNNING" && claim !== null && isGone(claim.worker_id));

function nextAction(task: QueueTask): string | null {
  const { state, project, outcome, session } = task;
  if (isWaiting(task)) return workerCommand(project);
  if (state === "RUNNING" || state === "COMPLETE" || state === "CANCELLED") return null;
  return outcome?.next_action ?? (session === null ? null : `pm logs ${session.session_id}`);
}

/** A shared key names no folder. */
const workerCommand = (project: string) =>
  project.startsWith("/") ? `pm worker --project ${quoted(project)}` : "pm worker";

const quoted = (path: string) =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

function violationsOf(task: QueueTask, namespace: string): Violation[] {
  const { task_id: id, state, claim, session, project, outcome } = task;
  const violation = (code: ErrorCode, status: Violation["status"], data: Record<string, unknown>) =>
    violationOf(code, "queue", status, { id, ...data }, { taskId: id });
  if (state === "COMPLETE") return [];
  if (isWaiting(task)) {
    const command = `${workerCommand(project)}${namespace === "default" ? "" : ` --namespace ${namespace}`}`;
    return [violation("E442", "INCOMPLETE", { namespace, command })];
  }
  if (state === "CANCELLED") return [{ ...violation("E445", "INCOMPLETE", {}), ...reasonOf(outcome) }];
  const where = session === null ? "" : ` in ${session.place}`;
  if (state === "RUNNING") return [violation("E447", "INCOMPLETE", { worker: claim?.worker_id, where })];
  const status = state === "AWAITING_APPROVAL" || state === "QUEUED" ? "INCOMPLETE" : state;
  const elsewhere = violation("E441", status, { place: session?.place, session: session?.session_id });
  return [{ ...elsewhere, ...reasonOf(outcome) }];
}

/** The message of what ended it or made it wait, where that has a code. */
const reasonOf = (outcome: QueueTask["outcome"]) =>
  outcome?.code === null || outcome === null ? {} : { message: outcome.message };
