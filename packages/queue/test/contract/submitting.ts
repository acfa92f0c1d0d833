import { RunnerError, type TaskPayload } from "@pm/core";
import { describe, expect, it } from "vitest";
import { type Kit, LEASE, outcome, payload, running, submission, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });

export function describeSubmitting(kit: Kit): void {
  describe("submitting", () => {
    it("makes a QUEUED task that is kept whole, in a group that is made on first use", async () => {
      const queue = await kit.open();
      const asked = payload("Add a flag\nand say what it does", {
        scope: ["src/**"],
        checks: [["npm", "test"]],
        provider: "claude",
        model: "m-1",
      });
      const { task, created, claim } = await queue.submit(submission("g", { payload: asked }));
      expect({ created, claim }).toEqual({ created: true, claim: null });
      expect(task).toMatchObject({
        task_id: "g.1",
        group_id: "g",
        state: "QUEUED",
        project: "project-a",
        session: null,
        claim: null,
        fence: 0,
        deaths: 0,
        cancel_requested: false,
        outcome: null,
        payload: asked,
      });
      expect(task.summary).toMatch(/^Add a flag/);
      expect(task.summary).not.toContain("\n");
      expect(await queue.get(task.task_id)).toEqual(task);
      expect((await queue.listGroups()).items.map((group) => group.group_id)).toEqual(["g"]);
    });

    it("is seen at once by whoever else opened the queue", async () => {
      const [one, other] = [await kit.open(), await kit.open()];
      const { task } = await one.submit(submission("g"));
      expect(await other.get(task.task_id)).toEqual(task);
    });

    it("numbers the tasks of a group upwards", async () => {
      const queue = await kit.open();
      const numbers: number[] = [];
      for (let i = 0; i < 12; i++) numbers.push(Number((await submit(queue, "g")).split(".").at(-1)));
      expect(numbers[0]).toBe(1);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    });

    it("gives each of many submitted at the same time to one group a number of its own", async () => {
      const queues = await Promise.all([kit.open(), kit.open(), kit.open()]);
      const ids = await Promise.all(
        Array.from({ length: 60 }, (_, i) => submit(queues[i % 3] ?? queues[0], "g")),
      );
      expect(new Set(ids).size).toBe(60);
      const { items } = await queues[0].listTasks({ groupId: "g" }, { limit: 100 });
      expect(items.map(({ task_id }) => task_id).sort()).toEqual(ids.sort());
    });

    it("keeps a budget to the cent, and knows a task of a version that had none", async () => {
      const queue = await kit.open();
      const rich = await submit(queue, "g", { payload: payload("Do it", { budget_usd: 12.34 }) });
      expect((await queue.get(rich)).payload.budget_usd).toBe(12.34);
      const { budget_usd: _none, ...older } = payload("Do it");
      const old = await submit(queue, "g", { payload: older as TaskPayload });
      expect((await queue.get(old)).payload.budget_usd).toBeNull();
    });

    it("passes `requires` through", async () => {
      const queue = await kit.open();
      const first = await submit(queue, "g");
      const second = await submit(queue, "g", { payload: payload("then this", { requires: first }) });
      expect((await queue.get(second)).payload.requires).toBe(first);
    });

    it("makes a group once, however often and by whomever it is asked for", async () => {
      const [one, other] = [await kit.open(), await kit.open()];
      const group = await one.createGroup("g");
      expect(await other.createGroup("g")).toEqual(group);
      const made = await Promise.all([one, other, one, other].map((queue) => queue.createGroup("h")));
      expect(new Set(made.map(({ created_at }) => created_at)).size).toBe(1);
      await submit(one, "g");
      const { items } = await other.listGroups();
      expect(items.map(({ group_id }) => group_id).sort()).toEqual(["g", "h"]);
      expect(items.find(({ group_id }) => group_id === "g")).toEqual(group);
    });

    it("answers E410 for what there is not", async () => {
      const queue = await kit.open();
      await submit(queue, "g");
      for (const id of ["g.2", "h.1", "g.1.1"]) {
        await expect(queue.get(id)).rejects.toThrow(code("E410"));
        await expect(queue.get(id)).rejects.toBeInstanceOf(RunnerError);
        await expect(queue.claim(id, LEASE)).rejects.toThrow(code("E410"));
        await expect(queue.cancel(id, outcome())).rejects.toThrow(code("E410"));
        await expect(queue.approve(id)).rejects.toThrow(code("E410"));
      }
      await expect(queue.listTasks({ groupId: "h" })).rejects.toThrow(code("E410"));
    });
  });

  describe("submitting with an idempotency key (Q6)", () => {
    it("gives the same task again, from wherever it is asked for", async () => {
      const [one, other] = [await kit.open(), await kit.open()];
      const first = await one.submit(submission("g", { idempotencyKey: "key" }));
      const again = await other.submit(submission("g", { idempotencyKey: "key" }));
      expect(first.created).toBe(true);
      expect(again).toEqual({ task: first.task, created: false, claim: null });
      expect((await one.listTasks({ groupId: "g" })).items).toHaveLength(1);
    });

    it("gives the task as it now is: bound elsewhere, run, ended", async () => {
      const queue = await kit.open();
      const same = submission("g", { idempotencyKey: "key", claim: LEASE });
      const { claim } = await queue.submit(same);
      if (!claim) throw new Error("not claimed");
      await queue.bind(claim, { sessionId: "session-1", place: "here", project: "project-b" });
      expect(await queue.submit(same)).toMatchObject({
        created: false,
        claim: null,
        task: { state: "RUNNING", project: "project-b" },
      });
      await queue.finish(claim, { state: "COMPLETE", outcome: outcome() });
      expect(await queue.submit(same)).toMatchObject({
        created: false,
        claim: null,
        task: { state: "COMPLETE" },
      });
    });

    it("does not claim what was submitted before", async () => {
      const queue = await kit.open();
      await queue.submit(submission("g", { idempotencyKey: "key" }));
      const again = await queue.submit(submission("g", { idempotencyKey: "key", claim: LEASE }));
      expect(again).toMatchObject({ created: false, claim: null, task: { state: "QUEUED" } });
    });

    it("refuses the key with E415 for anything else: another prompt, option, project or group", async () => {
      const queue = await kit.open();
      const idempotencyKey = "key";
      await queue.submit(submission("g", { idempotencyKey }));
      for (const other of [
        submission("g", { idempotencyKey, payload: payload("Do that") }),
        submission("g", { idempotencyKey, payload: payload("Do it", { model: "m-2" }) }),
        submission("g", { idempotencyKey, payload: payload("Do it", { scope: ["src"] }) }),
        submission("g", { idempotencyKey, payload: payload("Do it", { budget_usd: 2 }) }),
        submission("g", { idempotencyKey, project: "project-b" }),
        submission("other", { idempotencyKey }),
      ])
        await expect(queue.submit(other)).rejects.toThrow(code("E415"));
      expect((await queue.stats()).counts.QUEUED).toBe(1);
    });

    it("makes one task where many submit it at the same time", async () => {
      const queues = await Promise.all([kit.open(), kit.open(), kit.open(), kit.open()]);
      for (const key of ["a", "b", "c"]) {
        const all = await Promise.all(
          Array.from({ length: 16 }, (_, i) =>
            (queues[i % 4] ?? queues[0]).submit(submission(`g-${key}`, { idempotencyKey: key })),
          ),
        );
        expect(all.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(all.map(({ task }) => task.task_id)).size).toBe(1);
        expect((await queues[0].listTasks({ groupId: `g-${key}` })).items).toHaveLength(1);
      }
    });

    it("lets one of two different tasks win that come with one key at the same time", async () => {
      const queues = await Promise.all([kit.open(), kit.open()]);
      for (let round = 0; round < 5; round++) {
        const settled = await Promise.allSettled(
          queues.map((queue, i) =>
            queue.submit(submission(`g${round}`, { idempotencyKey: `k${round}`, payload: payload(`${i}`) })),
          ),
        );
        const lost = settled.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
        expect(lost).toEqual([code("E415")]);
        expect((await queues[0].listTasks({ groupId: `g${round}` })).items).toHaveLength(1);
      }
    });

    it("takes 200 characters of any kind, each key for itself, and refuses more with E414", async () => {
      const queue = await kit.open();
      const odd = ["k", "K", "k ", "#k", "k#1", "'; --", "ключ", "🔑".repeat(100), "x".repeat(200)];
      for (const idempotencyKey of odd)
        expect((await queue.submit(submission("g", { idempotencyKey }))).created).toBe(true);
      for (const idempotencyKey of odd)
        expect((await queue.submit(submission("g", { idempotencyKey }))).created).toBe(false);
      const long = submission("g", { idempotencyKey: "x".repeat(201) });
      await expect(queue.submit(long)).rejects.toThrow(code("E414"));
      expect((await queue.stats()).counts.QUEUED).toBe(odd.length);
    });
  });

  describe("submitting with a claim", () => {
    it("lets no worker come between", async () => {
      const queue = await kit.open();
      const { task, claim, created } = await queue.submit(submission("g", { claim: LEASE }));
      expect(created).toBe(true);
      expect(claim).toEqual({ taskId: task.task_id, workerId: LEASE.workerId, fence: 1 });
      expect(task).toMatchObject({
        state: "RUNNING",
        fence: 1,
        claim: { worker_id: LEASE.workerId, fence: 1, lease_ms: LEASE.leaseMs },
      });
      expect(await kit.claimMaybe(queue)).toBeNull();
    });

    it("waits like any other where an earlier task of the group is open", async () => {
      const queue = await kit.open();
      const first = await running(queue, "g");
      const second = await queue.submit(submission("g", { claim: LEASE }));
      expect(second).toMatchObject({ created: true, claim: null, task: { state: "QUEUED", fence: 0 } });
      await queue.finish(first, { state: "AWAITING_APPROVAL", outcome: outcome() });
      expect((await queue.submit(submission("g", { claim: LEASE }))).claim).toBeNull();
      await queue.cancel(first.taskId, outcome());
      await queue.cancel(second.task.task_id, outcome());
      const [third] = (await queue.listTasks({ groupId: "g", state: "QUEUED" })).items;
      expect((await kit.claimSoon(queue)).task.task_id).toBe(third?.task_id);
    });

    it("gives one claim in a group where many submit with one at the same time", async () => {
      const queues = await Promise.all([kit.open(), kit.open()]);
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (queues[i % 2] ?? queues[0]).submit(submission("g", { claim: LEASE })),
        ),
      );
      const before = all.filter(({ claim }) => claim);
      expect(before.length).toBeGreaterThanOrEqual(1);
      if (kit.harness().exactOrder) expect(before.map(({ task }) => task.task_id)).toEqual(["g.1"]);
    });
  });
}
