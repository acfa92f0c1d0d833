import {
  type Claim,
  QUEUE_TRANSITIONS,
  type QueueState,
  type QueueTrigger,
  TASK_STATES,
  type TaskQueue,
} from "@pm/core";
import { describe, expect, it } from "vitest";
import { type Kit, LEASE, outcome, running, submission } from "./kit.ts";

/** A task in some state, with the newest claim that was given for it. */
interface Subject {
  readonly taskId: string;
  readonly claim: Claim;
  readonly beat: number;
}

/** Brings a new task into `state`. */
async function bring(queue: TaskQueue, groupId: string, state: QueueState): Promise<Subject> {
  if (state === "QUEUED") {
    const { task } = await queue.submit(submission(groupId));
    return {
      taskId: task.task_id,
      claim: { taskId: task.task_id, workerId: LEASE.workerId, fence: 1 },
      beat: 0,
    };
  }
  const claim = await running(queue, groupId);
  if (state !== "RUNNING") await queue.finish(claim, { state, outcome: outcome(`made ${state}`) });
  return { taskId: claim.taskId, claim, beat: 0 };
}

/** How a trigger is pulled, and what tells that it was refused: an error code, or an answer that says "moved on". */
function pull(queue: TaskQueue, { taskId, claim, beat }: Subject, on: QueueTrigger): Promise<unknown> {
  const seen = { taskId, fence: claim.fence, beat };
  if (on.startsWith("ended:"))
    return queue.finish(claim, { state: on.slice("ended:".length) as never, outcome: outcome("ended") });
  switch (on) {
    case "claimed":
      return queue.claim(taskId, LEASE);
    case "renewed":
      return queue.renew(claim);
    case "bound":
      return queue.bind(claim, { sessionId: "session-1", place: "here", project: "project-b" });
    case "released":
      return queue.release(claim);
    case "taken.over":
      return queue.takeOver(seen, LEASE);
    case "given.up":
      return queue.giveUp(seen, outcome("its workers died"));
    case "approved":
      return queue.approve(taskId);
    default:
      return queue.cancel(taskId, outcome("not wanted"));
  }
}

const REFUSAL: Partial<Record<QueueTrigger, string | null | false>> = {
  claimed: "E411",
  approved: "E411",
  cancelled: "E411",
  "cancel.requested": "E411",
  "taken.over": null,
  "given.up": false,
};

const TRIGGERS = [...new Set(QUEUE_TRANSITIONS.map((row) => row.on))];
const CANCELS: readonly QueueTrigger[] = ["cancel.requested", "cancelled"];
/** One call stands for both ways to cancel; which of them it is the state says. */
const hasRow = (from: QueueState, on: QueueTrigger) =>
  QUEUE_TRANSITIONS.some(
    (row) => row.from === from && (row.on === on || (CANCELS.includes(on) && CANCELS.includes(row.on))),
  );
const illegal = TASK_STATES.flatMap((state) =>
  TRIGGERS.filter((on) => !hasRow(state, on) && !(state === "CANCELLED" && CANCELS.includes(on))).map(
    (on) => [state, on] as const,
  ),
);

export function describeStates(kit: Kit): void {
  describe("its states (Q2)", () => {
    it.each(QUEUE_TRANSITIONS.map((row) => [row.from, row.on, row.to] as const))(
      "lead from %s by %s to %s",
      async (from, on, to) => {
        const queue = await kit.open();
        const subject = await bring(queue, "g", from);
        await pull(queue, subject, on);
        expect((await queue.get(subject.taskId)).state).toBe(to);
      },
    );

    it("lead nowhere else: every call that the table does not have is refused and changes nothing", async () => {
      const queue = await kit.open();
      for (const [state, on] of illegal) {
        const subject = await bring(queue, `${state}-${on.replace(":", "-")}`, state);
        const before = await queue.get(subject.taskId);
        const refusal = on in REFUSAL ? REFUSAL[on] : "E412";
        const label = `${on} from ${state}`;
        const answer = await pull(queue, subject, on).catch((error) => error?.code ?? error);
        expect(answer, label).toBe(refusal);
        expect(await queue.get(subject.taskId), label).toEqual(before);
      }
      expect(illegal.length).toBeGreaterThan(80);
    });

    it("show a claim while a task runs, and only then", async () => {
      const queue = await kit.open();
      for (const state of TASK_STATES) {
        const { taskId } = await bring(queue, state, state);
        expect((await queue.get(taskId)).claim !== null, state).toBe(state === "RUNNING");
      }
    });
  });
}
