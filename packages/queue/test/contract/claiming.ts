import type { ClaimedTask, TaskQueue } from "@pm/core";
import { describe, expect, it } from "vitest";
import { ANY, type Kit, LEASE, outcome, PROJECT, pause, running, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });
const done = { state: "COMPLETE", outcome: outcome() } as const;

export function describeClaiming(kit: Kit): void {
  /** Claims and finishes that many. @returns the ids in the order of the claims. */
  async function work(queue: TaskQueue, count: number): Promise<string[]> {
    const order: string[] = [];
    while (order.length < count) {
      const { claim } = await kit.claimSoon(queue);
      order.push(claim.taskId);
      await queue.finish(claim, done);
    }
    return order;
  }

  describe("claiming the next task", () => {
    it("gives the whole task and the right to it", async () => {
      const queue = await kit.open();
      const id = await submit(queue, "g");
      const { claim, task } = await kit.claimSoon(queue);
      expect(claim).toEqual({ taskId: id, workerId: LEASE.workerId, fence: 1 });
      expect(task).toMatchObject({
        task_id: id,
        state: "RUNNING",
        fence: 1,
        claim: { worker_id: LEASE.workerId, fence: 1, lease_ms: LEASE.leaseMs },
        payload: { prompt: "Do it" },
      });
      expect(await queue.get(id)).toEqual(task);
    });

    it("gives nothing where nothing waits", async () => {
      const queue = await kit.open();
      expect(await kit.claimMaybe(queue)).toBeNull();
      const claim = await running(queue, "g");
      expect(await kit.claimMaybe(queue)).toBeNull();
      await queue.finish(claim, done);
      expect(await kit.claimMaybe(queue)).toBeNull();
    });

    it("gives only tasks of the projects asked for", async () => {
      const queue = await kit.open();
      await submit(queue, "a", { project: "project-a" });
      const b = await submit(queue, "b", { project: "project-b" });
      const c = await submit(queue, "c", { project: "project-c" });
      expect(await kit.claimMaybe(queue, { ...LEASE, projects: ["project-"] })).toBeNull();
      expect(await kit.claimMaybe(queue, { ...LEASE, projects: [] })).toBeNull();
      const two = { ...LEASE, projects: ["project-c", "project-b"] };
      const got = [await kit.claimSoon(queue, two), await kit.claimSoon(queue, two)];
      expect(got.map(({ task }) => task.task_id).sort()).toEqual([b, c]);
      expect(await kit.claimMaybe(queue, two)).toBeNull();
    });

    it("gives none of those it is told to leave", async () => {
      const queue = await kit.open();
      const ids = [await submit(queue, "a"), await submit(queue, "b"), await submit(queue, "c")];
      const left = { ...ANY, except: ids.slice(0, 2) };
      expect((await kit.claimSoon(queue, left)).task.task_id).toBe(ids[2]);
      expect(await kit.claimMaybe(queue, left)).toBeNull();
      expect(ids).toContain((await kit.claimSoon(queue)).task.task_id);
    });

    it("gives what is left when it is told to leave a hundred", async () => {
      const queue = await kit.open();
      const ids: string[] = [];
      for (let i = 0; i < 101; i++) ids.push(await submit(queue, `g${i}`));
      const last = ids[100];
      const request = { ...ANY, projects: [PROJECT, "project-b", PROJECT], except: ids.slice(0, 100) };
      expect((await kit.claimSoon(queue, request)).task.task_id).toBe(last);
      expect(await kit.claimMaybe(queue, request)).toBeNull();
    });

    it("does not give the later task of a group because the earlier one is to be left", async () => {
      const queue = await kit.open();
      const first = await submit(queue, "g");
      await submit(queue, "g");
      expect(await kit.claimMaybe(queue, { ...ANY, except: [first] })).toBeNull();
    });

    it("finds the one that may run behind many that may not", async () => {
      const queue = await kit.open();
      await running(queue, "busy");
      for (let i = 0; i < 40; i++) await submit(queue, "busy");
      for (let i = 0; i < 40; i++) await submit(queue, "others", { project: "project-b" });
      const free = await submit(queue, "free");
      expect((await kit.claimSoon(queue)).task.task_id).toBe(free);
    });

    it("gives each exactly once to many who ask at the same time (Q4)", async () => {
      const queues = await Promise.all(Array.from({ length: 4 }, () => kit.open()));
      const ids = new Set<string>();
      for (let i = 0; i < 30; i++) ids.add(await submit(queues[0] as TaskQueue, `g${i}`));
      const got: ClaimedTask[] = [];
      const worker = async (queue: TaskQueue) => {
        for (; got.length < 30; await pause(1)) {
          const next = await queue.claimNext(ANY);
          if (next) got.push(next);
        }
      };
      await Promise.all([...queues, ...queues].map(worker));
      expect(got.map(({ task }) => task.task_id).sort()).toEqual([...ids].sort());
      expect(got.every(({ claim }) => claim.fence === 1)).toBe(true);
    });
  });

  describe("the order within a group (Q5)", () => {
    it("is that of the numbers, also past ten", async () => {
      const queue = await kit.open();
      const ids: string[] = [];
      for (let i = 0; i < 12; i++) ids.push(await submit(queue, "g"));
      expect(await work(queue, 12)).toEqual(ids);
    });

    it("lets one task run at a time, and other groups beside it", async () => {
      const queue = await kit.open();
      const [g1, g2, h1] = [await submit(queue, "g"), await submit(queue, "g"), await submit(queue, "h")];
      const two = [await kit.claimSoon(queue), await kit.claimSoon(queue)];
      expect(two.map(({ task }) => task.task_id).sort()).toEqual([g1, h1]);
      expect(await kit.claimMaybe(queue)).toBeNull();
      for (const { claim } of two) await queue.finish(claim, done);
      expect((await kit.claimSoon(queue)).task.task_id).toBe(g2);
    });

    it.each(["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "CANCELLED"] as const)(
      "goes on after %s",
      async (state) => {
        const queue = await kit.open();
        const claim = await running(queue, "g");
        const second = await submit(queue, "g");
        await queue.finish(claim, { state, outcome: outcome() });
        expect((await kit.claimSoon(queue)).task.task_id).toBe(second);
      },
    );

    it("is held up by a task that awaits approval, until it is approved and run, or cancelled", async () => {
      const queue = await kit.open();
      const first = await running(queue, "g");
      const second = await submit(queue, "g");
      await queue.finish(first, { state: "AWAITING_APPROVAL", outcome: outcome() });
      expect(await kit.claimMaybe(queue)).toBeNull();
      await expect(queue.claim(second, LEASE)).rejects.toThrow(code("E411"));
      await queue.approve(first.taskId);
      const again = await kit.claimSoon(queue);
      expect(again.task.task_id).toBe(first.taskId);
      expect(await kit.claimMaybe(queue)).toBeNull();
      await queue.finish(again.claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await queue.cancel(first.taskId, outcome());
      expect((await kit.claimSoon(queue)).task.task_id).toBe(second);
    });

    it("goes on when an earlier task is cancelled while it waits", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      const [second, third] = [await submit(queue, "g"), await submit(queue, "g")];
      await queue.cancel(second, outcome());
      expect(await kit.claimMaybe(queue)).toBeNull();
      await queue.finish(claim, done);
      expect((await kit.claimSoon(queue)).task.task_id).toBe(third);
    });

    it("goes on when a task is given up, and is kept when one is handed back or taken over", async () => {
      const queue = await kit.open();
      const { taskId, ...first } = await running(queue, "g");
      const second = await submit(queue, "g");
      await queue.release({ taskId, ...first });
      const again = await kit.claimSoon(queue);
      expect(again.task.task_id).toBe(taskId);
      const over = await queue.takeOver({ taskId, fence: again.claim.fence, beat: 0 }, LEASE);
      expect(await kit.claimMaybe(queue)).toBeNull();
      expect(await queue.giveUp({ taskId, fence: over?.claim.fence ?? 0, beat: 0 }, outcome())).toBe(true);
      expect((await kit.claimSoon(queue)).task.task_id).toBe(second);
    });

    it("lets never two of a group run at once, whatever races", async () => {
      const queues = await Promise.all(Array.from({ length: 4 }, () => kit.open()));
      const ids: string[] = [];
      for (let i = 0; i < 24; i++) ids.push(await submit(queues[0] as TaskQueue, `g${i % 3}`));
      const running = new Set<string>();
      const order: string[] = [];
      const worker = async (queue: TaskQueue) => {
        for (; order.length < 24; await pause(1)) {
          const got = await queue.claimNext(ANY);
          if (!got) continue;
          const { group_id, task_id } = got.task;
          expect(running.has(group_id), `${task_id} runs beside another of its group`).toBe(false);
          running.add(group_id);
          order.push(task_id);
          await queue.renew(got.claim);
          running.delete(group_id);
          await queue.finish(got.claim, done);
        }
      };
      await Promise.all(queues.map(worker));
      for (const group of ["g0", "g1", "g2"])
        expect(order.filter((id) => id.startsWith(`${group}.`))).toEqual(
          ids.filter((id) => id.startsWith(`${group}.`)),
        );
    });
  });

  describe("the order between groups", () => {
    it("is about that of the submissions", async () => {
      const queue = await kit.open();
      const ids: string[] = [];
      for (let i = 0; i < 120; i++) ids.push(await submit(queue, `g${(i * 37) % 120}`));
      const order = await work(queue, 120);
      expect([...order].sort()).toEqual([...ids].sort());
      if (kit.harness().exactOrder) return expect(order).toEqual(ids);
      const apart = order.reduce((sum, id, at) => sum + Math.abs(at - ids.indexOf(id)), 0) / order.length;
      expect(apart, "places from its own, on average; by chance it would be 40").toBeLessThan(30);
    });

    it("lets a task that was handed back keep its place", async () => {
      const queue = await kit.open();
      const [first] = [await submit(queue, "a"), await submit(queue, "b"), await submit(queue, "c")];
      await queue.release((await queue.claim(first, LEASE)).claim);
      const order = await work(queue, 3);
      expect(order).toHaveLength(3);
      if (kit.harness().exactOrder) expect(order[0]).toBe(first);
    });
  });

  describe("claiming one by its id", () => {
    it("gives it, out of the order between groups and of whatever project", async () => {
      const queue = await kit.open();
      await submit(queue, "a");
      const id = await submit(queue, "b", { project: "project-b" });
      const { claim, task } = await queue.claim(id, LEASE);
      expect(claim).toEqual({ taskId: id, workerId: LEASE.workerId, fence: 1 });
      expect(task).toMatchObject({ state: "RUNNING", project: "project-b", payload: { prompt: "Do it" } });
    });

    it("refuses with E411 where an earlier one of its group is open", async () => {
      const queue = await kit.open();
      const [first, second] = [await submit(queue, "g"), await submit(queue, "g")];
      await expect(queue.claim(second, LEASE)).rejects.toThrow(code("E411"));
      const { claim } = await queue.claim(first, LEASE);
      await expect(queue.claim(second, LEASE)).rejects.toThrow(code("E411"));
      await queue.finish(claim, done);
      expect((await queue.claim(second, LEASE)).task.task_id).toBe(second);
    });

    it("gives it to one of many (Q4)", async () => {
      const queues = await Promise.all(Array.from({ length: 4 }, () => kit.open()));
      for (let round = 0; round < 5; round++) {
        const id = await submit(queues[0] as TaskQueue, `g${round}`);
        const all = await Promise.allSettled([...queues, ...queues].map((queue) => queue.claim(id, LEASE)));
        expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        for (const result of all)
          if (result.status === "rejected") expect(result.reason).toEqual(code("E411"));
      }
    });

    it("goes on with a task that awaits approval, in the session it was bound to", async () => {
      const queue = await kit.open();
      const first = await running(queue, "g");
      await queue.bind(first, { sessionId: "session-1", place: "here", project: PROJECT });
      await queue.finish(first, { state: "AWAITING_APPROVAL", outcome: outcome("look at it") });
      expect((await queue.get(first.taskId)).outcome?.message).toBe("look at it");
      const { claim, task } = await queue.claim(first.taskId, LEASE);
      expect(claim.fence).toBe(2);
      expect(task).toMatchObject({ outcome: null, session: { session_id: "session-1", place: "here" } });
    });
  });
}
