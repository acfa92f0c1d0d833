/**
 * The states of a task in the queue as one table, of the same form as the lifecycle's. Every queue engine takes its guards
 * from it and has no rules of its own; docs/lifecycle.md is generated from it.
 *
 * A state says who may do something about the task now; how far it got is the lifecycle's matter, and what became of it is
 * read from its evidence.
 */
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import type { Status } from "./status.ts";

export const TASK_STATES = [
  "QUEUED",
  "RUNNING",
  "AWAITING_APPROVAL",
  "COMPLETE",
  "ERROR",
  "INVALID",
  "NO_EVIDENCE",
  "CANCELLED",
] as const;
export const queueStateSchema = z.enum(TASK_STATES);
export type QueueState = z.infer<typeof queueStateSchema>;

/** What a run may end in; INCOMPLETE is no state of the queue, since either a person is needed or a worker is. */
export type EndState = Exclude<QueueState, "QUEUED" | "RUNNING">;

/** States in which a task holds up the later ones of its group. */
export const OPEN_STATES = [
  "QUEUED",
  "RUNNING",
  "AWAITING_APPROVAL",
] as const satisfies readonly QueueState[];

export type QueueTrigger =
  | "claimed"
  | "renewed"
  | "bound"
  | "released"
  | "taken.over"
  | "given.up"
  | "approved"
  | "cancel.requested"
  | "cancelled"
  | `ended:${EndState}`;

export interface QueueTransition {
  readonly from: QueueState;
  readonly on: QueueTrigger;
  readonly to: QueueState;
  readonly requires: string;
}

const row = (from: QueueState, on: QueueTrigger, to: QueueState, requires: string): QueueTransition => ({
  from,
  on,
  to,
  requires,
});

const HOLDER = "the newest fencing token";

export const QUEUE_TRANSITIONS: readonly QueueTransition[] = [
  row("QUEUED", "claimed", "RUNNING", "no earlier task of the group is open"),
  row("AWAITING_APPROVAL", "claimed", "RUNNING", "a person's `pm continue`"),
  row("RUNNING", "renewed", "RUNNING", HOLDER),
  row("RUNNING", "bound", "RUNNING", HOLDER),
  row("RUNNING", "released", "QUEUED", HOLDER),
  row("RUNNING", "taken.over", "RUNNING", "the lease has expired, and nothing was heard of its holder since"),
  row("RUNNING", "given.up", "ERROR", "the same, and a worker of the task had died before"),
  row("RUNNING", "cancel.requested", "RUNNING", "a person's word; the holder ends it"),
  ...(["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "AWAITING_APPROVAL", "CANCELLED"] as const).map(
    (state) => row("RUNNING", `ended:${state}`, state, `${HOLDER}, and the evidence of the run`),
  ),
  row("AWAITING_APPROVAL", "approved", "QUEUED", "a person's approval"),
  row("QUEUED", "cancelled", "CANCELLED", "a person's word"),
  row("AWAITING_APPROVAL", "cancelled", "CANCELLED", "a person's word"),
];

/** States from which `on` leads on: what a conditional write is guarded with. */
export function queueStatesBefore(on: QueueTrigger): QueueState[] {
  return QUEUE_TRANSITIONS.filter((transition) => transition.on === on).map(({ from }) => from);
}

/** @returns the next state. Pure. @throws RunnerError E411 where the table has none. */
export function queueStep(taskId: string, state: QueueState, on: QueueTrigger): QueueState {
  const found = QUEUE_TRANSITIONS.find((transition) => transition.from === state && transition.on === on);
  if (!found) throw new RunnerError("E411", { event: on, id: taskId, state });
  return found.to;
}

/** @param cancelled whether a person asked for the end of the task: then it waits for nobody. */
export function endStateOf(status: Status, cancelled: boolean): EndState {
  if (status !== "INCOMPLETE") return status;
  return cancelled ? "CANCELLED" : "AWAITING_APPROVAL";
}

export const isFinal = (state: QueueState): boolean =>
  !(OPEN_STATES as readonly QueueState[]).includes(state);
