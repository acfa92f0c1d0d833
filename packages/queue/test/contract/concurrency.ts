import type { Claim, ClaimNextRequest, EndState, TaskQueue } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSound, type HistoryEvent } from "./history.ts";
import { eventually, type Kit, outcome, pause, submission } from "./kit.ts";

const CLIENTS = 6;
const PROJECTS = ["p", "q"];
const REFUSED = ["E411", "E412"];
const ENDS: readonly EndState[] = [
  "COMPLETE",
  "ERROR",
  "AWAITING_APPROVAL",
  "AWAITING_APPROVAL",
  "CANCELLED",
];
const request = (client: number): ClaimNextRequest => ({
  workerId: `client-${client}`,
  leaseMs: 1_000,
  projects: PROJECTS,
});

/** With the right that it gave. */
type NewEvent = Omit<HistoryEvent, "start" | "end"> & { readonly claim?: Claim };

/** One choice of a client: what to do, and with which of the things that it could do it with. */
interface Step {
  readonly action: number;
  readonly pick: number;
}
const steps = (count: number) =>
  fc.array(fc.record({ action: fc.nat({ max: 99 }), pick: fc.nat() }), {
    minLength: count,
    maxLength: count,
  });

export function describeConcurrency(kit: Kit): void {
  /** What the clients share: what they know of the tasks, and what was done. */
  function createRecord() {
    let time = 0;
    const history: HistoryEvent[] = [];
    const ids: string[] = [];
    const claims: Claim[] = [];
    return {
      history,
      ids,
      claims,
      /** Makes a call and notes what it says was done; a refusal is no event. */
      async note<T>(call: () => Promise<T>, events: (answer: T) => readonly NewEvent[]): Promise<void> {
        const start = ++time;
        try {
          const answer = await call();
          const end = ++time;
          for (const { claim, ...event } of events(answer)) {
            history.push({ ...event, start, end });
            if (claim) claims.push(claim);
            if (event.kind === "submit") ids.push(event.taskId);
          }
        } catch (error) {
          expect(REFUSED, String(error)).toContain((error as { code?: string }).code);
        }
      },
    };
  }
  type Log = ReturnType<typeof createRecord>;

  let calls = 0;

  const claimed = (got: { claim: Claim } | null, kind: "claim" | "take over" = "claim") =>
    got ? [{ kind, taskId: got.claim.taskId, fence: got.claim.fence, claim: got.claim }] : [];

  async function finish(queue: TaskQueue, log: Log, claim: Claim, state: EndState, next?: ClaimNextRequest) {
    const { taskId, fence } = claim;
    const said = outcome(`finish ${++calls}`);
    let ended = true;
    const call = async () => {
      const got = await queue.finish(claim, { state, outcome: said }, next);
      // It was cancelled instead if that was asked for; a person may also have cancelled it since.
      if (state === "AWAITING_APPROVAL") {
        const now = await queue.get(taskId);
        ended = now.state === "CANCELLED" && now.outcome?.message === said.message;
      }
      return got;
    };
    await log.note(call, (got) => [{ kind: ended ? "end" : "let go", taskId, fence }, ...claimed(got)]);
  }

  async function cancel(queue: TaskQueue, log: Log, taskId: string) {
    const said = outcome(`cancel ${++calls}`);
    await log.note(
      () => queue.cancel(taskId, said),
      ({ state, outcome }) =>
        state === "CANCELLED" && outcome?.message === said.message ? [{ kind: "end", taskId, fence: 0 }] : [],
    );
  }

  async function takeOver(queue: TaskQueue, log: Log, client: number, pick: number) {
    const running = await queue.running(PROJECTS);
    const task = running[pick % Math.max(1, running.length)];
    if (!task?.claim) return;
    const { fence, beat } = task.claim;
    const lease = { taskId: task.task_id, fence, beat };
    if (pick % 5 > 0)
      return log.note(
        () => queue.takeOver(lease, request(client)),
        (got) => claimed(got, "take over"),
      );
    await log.note(
      () => queue.giveUp(lease, outcome("its workers died")),
      (done) => (done ? [{ kind: "give up", taskId: task.task_id, fence }] : []),
    );
  }

  async function act(queue: TaskQueue, log: Log, client: number, { action, pick }: Step): Promise<void> {
    const taskId = log.ids[pick % Math.max(1, log.ids.length)];
    const recent = log.claims.slice(-2 * CLIENTS);
    const claim = recent[pick % Math.max(1, recent.length)];
    if (action < 12 || !taskId) {
      const asked = submission(`g${pick % 3}`, {
        project: PROJECTS[pick % 2] ?? "p",
        ...(pick % 3 === 0 ? { claim: request(client) } : {}),
      });
      return log.note(
        () => queue.submit(asked),
        ({ task, claim: got }) => [
          { kind: "submit", taskId: task.task_id, fence: 0 },
          ...claimed(got && { claim: got }),
        ],
      );
    }
    if (action < 36)
      return log.note(
        () => queue.claimNext(request(client)),
        (got) => claimed(got),
      );
    if (action < 48)
      return log.note(
        () => queue.claim(taskId, request(client)),
        (got) => claimed(got),
      );
    if (action < 52) return cancel(queue, log, taskId);
    if (action < 62)
      return log.note(
        () => queue.approve(taskId),
        () => [],
      );
    if (action < 68) return takeOver(queue, log, client, pick);
    if (!claim) return;
    const used = (kind: "use" | "let go") => () => [{ kind, taskId: claim.taskId, fence: claim.fence }];
    if (action < 74) return log.note(() => queue.renew(claim), used("use"));
    if (action < 78) {
      const to = { sessionId: "session-1", place: "here", project: PROJECTS[pick % 2] ?? "p" };
      return log.note(() => queue.bind(claim, to), used("use"));
    }
    if (action < 84) return log.note(() => queue.release(claim), used("let go"));
    const state = ENDS[pick % ENDS.length] ?? "COMPLETE";
    await finish(queue, log, claim, state, pick % 2 === 0 ? request(client) : undefined);
  }

  /** What is left is ended by one who is alone. */
  async function bringToItsEnd(queue: TaskQueue, log: Log): Promise<void> {
    await eventually(
      async () => {
        for (const { task_id: taskId, claim } of await queue.running(PROJECTS)) {
          if (!claim) continue;
          const { worker_id: workerId, fence } = claim;
          await finish(queue, log, { taskId, workerId, fence }, "COMPLETE");
        }
        for (const { task_id } of (await queue.listTasks({ state: "AWAITING_APPROVAL" })).items)
          await log.note(
            () => queue.approve(task_id),
            () => [],
          );
        await log.note(
          () => queue.claimNext(request(CLIENTS)),
          (got) => claimed(got),
        );
        const { counts } = await queue.stats();
        return counts.QUEUED + counts.RUNNING + counts.AWAITING_APPROVAL === 0;
      },
      "everything has ended",
      { everyMs: 1, withinMs: 30_000 },
    );
  }

  describe("many clients that do whatever they like at the same time", () => {
    it("leave a history that makes sense: no claim is given twice, used when lost, or out of order", async () => {
      const { exactOrder } = kit.harness();
      const count = exactOrder ? 50 : 25;
      const schedule = fc.array(steps(count), { minLength: CLIENTS, maxLength: CLIENTS });
      await fc.assert(
        fc.asyncProperty(schedule, async (plans) => {
          const namespace = kit.freshNamespace();
          const queues = await Promise.all([1, 2, 3].map(() => kit.open({ namespace })));
          const queue = queues[0] as TaskQueue;
          const log = createRecord();
          await Promise.all(
            plans.map(async (plan, client) => {
              for (const step of plan) {
                await act(queues[client % 3] ?? queue, log, client, step);
                await pause(0);
              }
            }),
          );
          await bringToItsEnd(queue, log);
          expectSound(log.history, await Promise.all(log.ids.map((id) => queue.get(id))));
        }),
        { numRuns: exactOrder ? 8 : 2, endOnFailure: true },
      );
    }, 120_000);
  });
}
