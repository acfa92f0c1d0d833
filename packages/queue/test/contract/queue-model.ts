/**
 * What a queue must do, as a few lines that are easy to believe: the state of the model test. It decides nothing where the
 * port leaves an engine the choice; there it says what is allowed.
 */
import type { EndState, QueueState } from "@pm/core";

export interface ModelTask {
  readonly id: string;
  readonly group: string;
  project: string;
  state: QueueState;
  fence: number;
  deaths: number;
  cancelRequested: boolean;
  worker: string | null;
  renewals: number;
  session: string | null;
}

/** A right that a worker believes to have, and a lease that somebody saw. */
export interface ModelClaim {
  readonly task: ModelTask;
  readonly worker: string;
  readonly fence: number;
}
export interface ModelLease {
  readonly task: ModelTask;
  readonly fence: number;
  readonly renewals: number;
}

export interface QueueModel {
  /** In the order of submission. */
  readonly tasks: ModelTask[];
  readonly keys: Map<string, { readonly task: ModelTask; readonly asked: string }>;
}

const OPEN: readonly QueueState[] = ["QUEUED", "RUNNING", "AWAITING_APPROVAL"];
export const isOpen = (task: ModelTask) => OPEN.includes(task.state);

export const isBlocked = ({ tasks }: QueueModel, task: ModelTask) =>
  tasks.slice(0, tasks.indexOf(task)).some((other) => other.group === task.group && isOpen(other));

/** @returns what may be claimed, the oldest first. */
export const claimable = (model: QueueModel, projects: readonly string[], except: readonly string[] = []) =>
  model.tasks.filter(
    (task) =>
      task.state === "QUEUED" &&
      projects.includes(task.project) &&
      !except.includes(task.id) &&
      !isBlocked(model, task),
  );

export const holds = ({ task, fence }: ModelClaim) => task.state === "RUNNING" && task.fence === fence;
export const unmoved = ({ task, fence, renewals }: ModelLease) =>
  task.state === "RUNNING" && task.fence === fence && task.renewals === renewals;

export function take(task: ModelTask, worker: string): ModelClaim {
  task.state = "RUNNING";
  task.fence++;
  task.worker = worker;
  task.renewals = 0;
  return { task, worker, fence: task.fence };
}

export function end(task: ModelTask, state: EndState): void {
  task.state = state === "AWAITING_APPROVAL" && task.cancelRequested ? "CANCELLED" : state;
  task.worker = null;
}
