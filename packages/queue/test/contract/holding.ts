import type { Claim, TaskQueue } from "@pm/core";
import { describe, expect, it } from "vitest";
import { ANY, type Kit, LEASE, outcome, PROJECT, running, seen, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });
const done = { state: "COMPLETE", outcome: outcome() } as const;
const B = { sessionId: "session-b", place: "machine-b:/work", project: "project-b" };

/** What only the holder may do. */
const RIGHTS: readonly (readonly [string, (queue: TaskQueue, claim: Claim) => Promise<unknown>])[] = [
  ["renew", (queue, claim) => queue.renew(claim)],
  ["bind", (queue, claim) => queue.bind(claim, B)],
  ["release", (queue, claim) => queue.release(claim)],
  ["finish", (queue, claim) => queue.finish(claim, done)],
  ["finish with a next", (queue, claim) => queue.finish(claim, done, ANY)],
];

export function describeHolding(kit: Kit): void {
  describe("the fencing token (Q3)", () => {
    it("grows with each claim, whichever way the task is claimed", async () => {
      const queue = await kit.open();
      const fences: number[] = [];
      let claim = await running(queue, "g");
      const { taskId } = claim;
      fences.push(claim.fence);
      await queue.release(claim);
      claim = (await kit.claimSoon(queue)).claim;
      fences.push(claim.fence);
      const over = await queue.takeOver(await seen(queue, taskId), LEASE);
      fences.push(over?.claim.fence ?? 0);
      if (over) await queue.finish(over.claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      claim = (await queue.claim(taskId, LEASE)).claim;
      fences.push(claim.fence);
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await queue.approve(taskId);
      fences.push((await kit.claimSoon(queue)).claim.fence);
      expect(fences).toEqual([1, 2, 3, 4, 5]);
      expect((await queue.get(taskId)).fence).toBe(5);
    });

    it.each(RIGHTS)("lets only the holder of the newest %s; who held it before gets E412", async (_, use) => {
      const [one, other] = [await kit.open(), await kit.open()];
      await submit(one, "waiting");
      const old = await running(one, "g");
      const over = await other.takeOver(await seen(other, old.taskId), {
        workerId: "worker-2",
        leaseMs: 1_000,
      });
      if (!over) throw new Error("not taken over");
      const before = await other.get(old.taskId);
      await expect(use(one, old)).rejects.toThrow(code("E412"));
      await expect(use(one, { ...old, fence: 99 })).rejects.toThrow(code("E412"));
      expect(await other.get(old.taskId)).toEqual(before);
      expect((await other.stats()).counts).toMatchObject({ QUEUED: 1, RUNNING: 1 });
      await use(other, over.claim);
    });

    it.each(RIGHTS)("lets nobody %s a task that was handed back, nor one that ended", async (_, use) => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.release(claim);
      await expect(use(queue, claim)).rejects.toThrow(code("E412"));
      const again = await queue.claim(claim.taskId, LEASE);
      await expect(use(queue, claim)).rejects.toThrow(code("E412"));
      await queue.finish(again.claim, done);
      await expect(use(queue, again.claim)).rejects.toThrow(code("E412"));
      expect((await queue.get(claim.taskId)).state).toBe("COMPLETE");
    });

    it("lets a task be finished once where the holder sends it twice at the same time", async () => {
      const [one, other] = [await kit.open(), await kit.open()];
      for (let round = 0; round < 5; round++) {
        const claim = await running(one, `g${round}`);
        const all = await Promise.allSettled([one, other].map((queue) => queue.finish(claim, done)));
        expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        for (const result of all)
          if (result.status === "rejected") expect(result.reason).toEqual(code("E412"));
      }
    });
  });

  describe("holding a task", () => {
    it("renews the lease: the beat grows, and nothing else of the claim changes", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      const first = (await queue.get(claim.taskId)).claim;
      expect(await queue.renew(claim)).toEqual({ cancelRequested: false });
      const second = (await queue.get(claim.taskId)).claim;
      expect(second?.beat).toBeGreaterThan(first?.beat ?? 0);
      expect(second).toEqual({ ...first, beat: second?.beat });
    });

    it("tells the holder who renews that a person wants the end of it", async () => {
      const [holder, person] = [await kit.open(), await kit.open()];
      const claim = await running(holder, "g");
      await person.cancel(claim.taskId, outcome());
      expect(await holder.renew(claim)).toEqual({ cancelRequested: true });
      expect(await holder.renew(claim)).toEqual({ cancelRequested: true });
    });

    it("binds it: its evidence and its project are known, and the claim stays", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.bind(claim, B);
      expect(await queue.get(claim.taskId)).toMatchObject({
        state: "RUNNING",
        project: "project-b",
        session: { session_id: "session-b", place: "machine-b:/work" },
        claim: { fence: claim.fence },
      });
      expect(await queue.running([PROJECT])).toEqual([]);
      expect((await queue.running(["project-b"])).map(({ task_id }) => task_id)).toEqual([claim.taskId]);
      await queue.renew(claim);
      await queue.finish(claim, done);
    });

    it("gives a bound task only to workers of the project that it was bound to", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.bind(claim, B);
      await queue.release(claim);
      expect(await kit.claimMaybe(queue)).toBeNull();
      const { task } = await kit.claimSoon(queue, { ...LEASE, projects: ["project-b"] });
      expect(task).toMatchObject({ task_id: claim.taskId, session: { session_id: "session-b" } });
    });

    it("keeps the binding through approval, and through being bound again", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.bind(claim, B);
      await queue.bind(claim, { ...B, project: "project-c" });
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await queue.approve(claim.taskId);
      expect(await kit.claimMaybe(queue, { ...LEASE, projects: [PROJECT, "project-b"] })).toBeNull();
      const { task } = await kit.claimSoon(queue, { ...LEASE, projects: ["project-c"] });
      expect(task.session).toEqual({ session_id: "session-b", place: "machine-b:/work" });
    });

    it("hands it back: QUEUED, no death, and anybody may have it", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.release(claim);
      expect(await queue.get(claim.taskId)).toMatchObject({
        state: "QUEUED",
        claim: null,
        fence: 1,
        deaths: 0,
      });
      const { task } = await kit.claimSoon(queue, { ...ANY, workerId: "worker-2" });
      expect(task.claim?.worker_id).toBe("worker-2");
    });

    it("lists those that run, of the projects asked for", async () => {
      const queue = await kit.open();
      const [a, b] = [await running(queue, "a"), await running(queue, "b")];
      await queue.bind(b, B);
      await submit(queue, "waiting");
      await queue.finish(await running(queue, "ended"), done);
      const ids = async (...projects: string[]) =>
        (await queue.running(projects)).map(({ task_id }) => task_id).sort();
      expect(await ids(PROJECT)).toEqual([a.taskId]);
      expect(await ids(PROJECT, "project-b")).toEqual([a.taskId, b.taskId]);
      expect(await ids("project-x")).toEqual([]);
      const [task] = await queue.running([PROJECT]);
      const { payload: _, ...shown } = await queue.get(a.taskId);
      expect(task).toEqual(shown);
    });
  });
}
