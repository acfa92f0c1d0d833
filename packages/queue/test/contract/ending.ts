import type { EndState } from "@pm/core";
import { describe, expect, it } from "vitest";
import { ANY, type Kit, LEASE, outcome, running, seen, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });
const done = { state: "COMPLETE", outcome: outcome() } as const;
const ENDS: EndState[] = ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "AWAITING_APPROVAL", "CANCELLED"];

export function describeEnding(kit: Kit): void {
  describe("finishing", () => {
    it.each(ENDS)("keeps the outcome of %s whole", async (state) => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      const said = outcome("what happened", {
        code: "E205",
        next_action: "pm continue session-1",
        evidence_path: "/work/.pm/sessions/session-1",
        result_digest: "0".repeat(64),
      });
      expect(await queue.finish(claim, { state, outcome: said })).toBeNull();
      expect(await queue.get(claim.taskId)).toMatchObject({ state, outcome: said, claim: null, fence: 1 });
    });

    it("claims the next in one go: the later task of the group, too", async () => {
      const queue = await kit.open();
      let claim = await running(queue, "g");
      const ids: string[] = [];
      for (let i = 0; i < 3; i++) ids.push(await submit(queue, "g"));
      for (const id of ids) {
        const next = (await queue.finish(claim, done, ANY)) ?? (await kit.claimSoon(queue));
        expect(next.task).toMatchObject({ task_id: id, state: "RUNNING", payload: { prompt: "Do it" } });
        expect(next.claim).toEqual({ taskId: id, workerId: LEASE.workerId, fence: 1 });
        claim = next.claim;
      }
      expect(await queue.finish(claim, done, ANY)).toBeNull();
      expect((await queue.stats()).counts).toMatchObject({ COMPLETE: 4, QUEUED: 0, RUNNING: 0 });
    });

    it("claims as next only what could be claimed anyway", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      const left = await submit(queue, "left");
      await submit(queue, "b", { project: "project-b" });
      const second = await submit(queue, "g");
      const waits = { state: "AWAITING_APPROVAL", outcome: outcome() } as const;
      expect(await queue.finish(claim, waits, { ...ANY, except: [left] })).toBeNull();
      expect((await queue.get(second)).state).toBe("QUEUED");
    });
  });

  describe("cancelling", () => {
    it.each(["QUEUED", "AWAITING_APPROVAL"] as const)("ends a task that is %s", async (state) => {
      const queue = await kit.open();
      const taskId = await submit(queue, "g");
      if (state !== "QUEUED") {
        const { claim } = await queue.claim(taskId, LEASE);
        await queue.finish(claim, { state, outcome: outcome("look") });
      }
      const task = await queue.cancel(taskId, outcome("not wanted", { code: "E445" }));
      expect(task).toMatchObject({ state: "CANCELLED", outcome: { code: "E445", message: "not wanted" } });
      const { payload: _, ...shown } = await queue.get(taskId);
      expect(task).toEqual(shown);
      expect(await kit.claimMaybe(queue)).toBeNull();
    });

    it("asks the holder of a running one, who goes on holding it", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      const task = await queue.cancel(claim.taskId, outcome("not wanted"));
      expect(task).toMatchObject({ state: "RUNNING", cancel_requested: true, outcome: null });
      expect(await queue.cancel(claim.taskId, outcome("again"))).toMatchObject({ state: "RUNNING" });
      await queue.bind(claim, { sessionId: "session-1", place: "here", project: "project-a" });
      await queue.finish(claim, { state: "CANCELLED", outcome: outcome("stopped") });
      expect(await queue.get(claim.taskId)).toMatchObject({
        state: "CANCELLED",
        outcome: { message: "stopped" },
      });
    });

    it("turns AWAITING_APPROVAL into CANCELLED, and no other ending, where it was asked for", async () => {
      const queue = await kit.open();
      for (const state of ENDS) {
        const claim = await running(queue, state);
        const second = await submit(queue, state);
        await queue.cancel(claim.taskId, outcome());
        await queue.finish(claim, { state, outcome: outcome("as it ended") });
        const ended = state === "AWAITING_APPROVAL" ? "CANCELLED" : state;
        const task = await queue.get(claim.taskId);
        expect(task, state).toMatchObject({ state: ended, outcome: { message: "as it ended" } });
        expect((await queue.claim(second, LEASE)).task.state, "holds up nobody").toBe("RUNNING");
      }
    });

    it("is not forgotten when the task is handed back or taken over", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.cancel(claim.taskId, outcome());
      const over = await queue.takeOver(await seen(queue, claim.taskId), LEASE);
      expect(over?.task.cancel_requested).toBe(true);
      if (over) await queue.release(over.claim);
      const again = await kit.claimSoon(queue);
      expect(again.task.cancel_requested).toBe(true);
      expect(await queue.renew(again.claim)).toEqual({ cancelRequested: true });
    });

    it("does nothing to one that was cancelled, and refuses with E411 one that ended otherwise", async () => {
      const queue = await kit.open();
      const id = await submit(queue, "g");
      await queue.cancel(id, outcome("first"));
      const before = await queue.get(id);
      expect((await queue.cancel(id, outcome("second"))).outcome?.message).toBe("first");
      expect(await queue.get(id)).toEqual(before);
      const claim = await running(queue, "g");
      await queue.finish(claim, done);
      await expect(queue.cancel(claim.taskId, outcome())).rejects.toThrow(code("E411"));
    });

    it("and a claim at the same time: the task is cancelled, or runs and its holder is told", async () => {
      const [person, worker] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 8; round++) {
        const id = await submit(person, `g${round}`);
        const [cancelled, claimed] = await Promise.allSettled([
          person.cancel(id, outcome()),
          worker.claim(id, LEASE),
        ]);
        expect(cancelled.status).toBe("fulfilled");
        const task = await person.get(id);
        if (claimed.status === "fulfilled")
          expect(task).toMatchObject({ state: "RUNNING", cancel_requested: true });
        else {
          expect(claimed.reason).toEqual(code("E411"));
          expect(task.state).toBe("CANCELLED");
        }
      }
    });

    it("and a finish at the same time: the task has ended, one way or the other, and waits for nobody", async () => {
      const [person, worker] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 8; round++) {
        const claim = await running(worker, `g${round}`);
        const waits = { state: "AWAITING_APPROVAL", outcome: outcome() } as const;
        await Promise.all([worker.finish(claim, waits), person.cancel(claim.taskId, outcome())]);
        expect((await person.get(claim.taskId)).state).toBe("CANCELLED");
      }
    });
  });

  describe("a task that is submitted while the one before it ends", () => {
    it("is not forgotten behind it", async () => {
      const [worker, submitter] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 8; round++) {
        const claim = await running(worker, `g${round}`);
        const [, second] = await Promise.all([worker.finish(claim, done), submit(submitter, `g${round}`)]);
        expect((await kit.claimSoon(worker)).claim.taskId).toBe(second);
      }
    });

    it("is not forgotten where that one is cancelled, or given up", async () => {
      const [worker, submitter] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 4; round++) {
        const first = await submit(worker, `g${round}`);
        const [, second] = await Promise.all([
          worker.cancel(first, outcome()),
          submit(submitter, `g${round}`),
        ]);
        const { claim } = await kit.claimSoon(worker);
        expect(claim.taskId).toBe(second);
        const [, third] = await Promise.all([
          worker.giveUp(await seen(worker, second), outcome()),
          submit(submitter, `g${round}`),
        ]);
        expect((await kit.claimSoon(worker)).claim.taskId).toBe(third);
      }
    });
  });

  describe("approving", () => {
    it("queues again what awaited approval, with what is known of it", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.bind(claim, { sessionId: "session-1", place: "here", project: "project-a" });
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome("look") });
      const task = await queue.approve(claim.taskId);
      expect(task).toMatchObject({
        state: "QUEUED",
        claim: null,
        outcome: null,
        fence: 1,
        session: { session_id: "session-1", place: "here" },
      });
      const { payload: _, ...shown } = await queue.get(claim.taskId);
      expect(task).toEqual(shown);
    });

    it("and cancelling at the same time leave the task cancelled", async () => {
      const queues = await Promise.all([kit.open(), kit.open()]);
      for (let round = 0; round < 5; round++) {
        const claim = await running(queues[0], `g${round}`);
        await queues[0].finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
        const [approved, cancelled] = await Promise.allSettled([
          queues[0].approve(claim.taskId),
          queues[1].cancel(claim.taskId, outcome()),
        ]);
        expect(cancelled.status).toBe("fulfilled");
        if (approved.status === "rejected") expect(approved.reason).toEqual(code("E411"));
        expect((await queues[0].get(claim.taskId)).state).toBe("CANCELLED");
      }
    });

    it("is done once: of many who approve at the same time the others get E411", async () => {
      const queues = await Promise.all([kit.open(), kit.open()]);
      const claim = await running(queues[0], "g");
      await queues[0].finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      const all = await Promise.allSettled(
        [...queues, ...queues].map((queue) => queue.approve(claim.taskId)),
      );
      expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const result of all) if (result.status === "rejected") expect(result.reason).toEqual(code("E411"));
    });
  });

  describe("a worker that is gone", () => {
    it("loses its task to who saw the lease as it is; that counts a death and gives a new lease", async () => {
      const [gone, observer] = [await kit.open(), await kit.open()];
      const claim = await running(gone, "g");
      await gone.renew(claim);
      const over = await observer.takeOver(await seen(observer, claim.taskId), {
        workerId: "worker-2",
        leaseMs: 5_000,
      });
      expect(over?.claim).toEqual({ taskId: claim.taskId, workerId: "worker-2", fence: claim.fence + 1 });
      expect(over?.task).toMatchObject({
        state: "RUNNING",
        deaths: 1,
        fence: claim.fence + 1,
        claim: { worker_id: "worker-2", lease_ms: 5_000 },
        payload: { prompt: "Do it" },
      });
      expect(await observer.get(claim.taskId)).toEqual(over?.task);
    });

    it("keeps its task where the lease moved on: renewed, handed back, claimed anew, taken over, ended", async () => {
      const [holder, observer] = [await kit.open(), await kit.open()];
      const claim = await running(holder, "g");
      const stale = [await seen(observer, claim.taskId)];
      const refuse = async () => {
        const before = await observer.get(claim.taskId);
        for (const lease of stale) {
          expect(await observer.takeOver(lease, { workerId: "worker-2", leaseMs: 5_000 })).toBeNull();
          expect(await observer.giveUp(lease, outcome())).toBe(false);
        }
        expect(await observer.get(claim.taskId)).toEqual(before);
      };
      await holder.renew(claim);
      await refuse();
      stale.push(await seen(observer, claim.taskId));
      await holder.release(claim);
      await refuse();
      const again = await holder.claim(claim.taskId, LEASE);
      await refuse();
      stale.push(await seen(observer, claim.taskId));
      const over = await holder.takeOver(await seen(holder, claim.taskId), LEASE);
      await refuse();
      stale.push(await seen(observer, claim.taskId));
      expect(over?.claim.fence).toBe(again.claim.fence + 1);
      if (over) await holder.finish(over.claim, done);
      await refuse();
      expect(await observer.takeOver({ taskId: "g.77", fence: 1, beat: 0 }, LEASE)).toBeNull();
      expect(await observer.giveUp({ taskId: "g.77", fence: 1, beat: 0 }, outcome())).toBe(false);
    });

    it("is survived by one of many who take over at the same time", async () => {
      const queues = await Promise.all([kit.open(), kit.open(), kit.open()]);
      for (let round = 0; round < 5; round++) {
        const claim = await running(queues[0], `g${round}`);
        const lease = await seen(queues[0], claim.taskId);
        const all = await Promise.all([...queues, ...queues].map((queue) => queue.takeOver(lease, LEASE)));
        expect(all.filter(Boolean)).toHaveLength(1);
        expect(await queues[0].get(claim.taskId)).toMatchObject({ deaths: 1, fence: 2 });
      }
    });

    it("that comes back at the same moment: either its beat counts or the takeover", async () => {
      const [holder, observer] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 8; round++) {
        const claim = await running(holder, `g${round}`);
        const lease = await seen(observer, claim.taskId);
        const [beat, over] = await Promise.allSettled([holder.renew(claim), observer.takeOver(lease, LEASE)]);
        const taken = over.status === "fulfilled" && over.value !== null;
        expect(over.status).toBe("fulfilled");
        expect(beat.status === "fulfilled").toBe(!taken);
      }
    });

    it("is counted with each death, also by who gives up; then the task ends in ERROR with what is known", async () => {
      const queue = await kit.open();
      const { taskId } = await running(queue, "g");
      for (let deaths = 1; deaths <= 2; deaths++) {
        const over = await queue.takeOver(await seen(queue, taskId), LEASE);
        expect(over?.task.deaths).toBe(deaths);
      }
      const known = outcome("its workers died", { code: "E440", next_action: "pm logs session-1" });
      expect(await queue.giveUp(await seen(queue, taskId), known)).toBe(true);
      expect(await queue.get(taskId)).toMatchObject({
        state: "ERROR",
        deaths: 3,
        claim: null,
        outcome: known,
      });
      expect(await kit.claimMaybe(queue)).toBeNull();
    });
  });
}
