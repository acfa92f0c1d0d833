import { describe, expect, it } from "vitest";
import { type Kit, LEASE, outcome, payload, running, seen, submission, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });
const worker = {
  worker_id: "worker-1",
  host: "here",
  pid: 1,
  projects: [],
  concurrency: 1,
  started_at: "2026-01-01T00:00:00.000Z",
};

export function describeNamespaces(kit: Kit): void {
  describe("two namespaces (Q7)", () => {
    it("share no task, group, key, count or worker, though all ids are the same", async () => {
      const one = await kit.open({ namespace: kit.freshNamespace() });
      const other = await kit.open({ namespace: kit.freshNamespace() });
      const first = await one.submit(submission("g", { idempotencyKey: "key", payload: payload("one") }));
      await one.createGroup("empty");
      await one.announce(worker);
      await expect(other.get("g.1")).rejects.toThrow(code("E410"));
      await expect(other.listTasks({ groupId: "g" })).rejects.toThrow(code("E410"));
      expect((await other.listGroups()).items).toEqual([]);
      expect((await other.listTasks({ state: "QUEUED" })).items).toEqual([]);
      expect((await other.stats()).counts.QUEUED).toBe(0);
      expect((await other.stats()).oldest_waiting_at).toBeNull();
      expect(await other.workers()).toEqual([]);
      expect(await kit.claimMaybe(other)).toBeNull();

      const second = await other.submit(
        submission("g", { idempotencyKey: "key", payload: payload("other") }),
      );
      expect([first.created, second.created]).toEqual([true, true]);
      expect((await one.get("g.1")).payload.prompt).toBe("one");
      expect((await other.get("g.1")).payload.prompt).toBe("other");
      await other.cancel("g.1", outcome());
      expect((await one.get("g.1")).state).toBe("QUEUED");
    });

    it("know nothing of each other's claims: one of the same name is no right in the other", async () => {
      const one = await kit.open({ namespace: kit.freshNamespace() });
      const other = await kit.open({ namespace: kit.freshNamespace() });
      const claim = await running(one, "g");
      await submit(other, "g");
      expect(await other.running(["project-a"])).toEqual([]);
      await expect(other.finish(claim, { state: "COMPLETE", outcome: outcome() })).rejects.toThrow(
        code("E412"),
      );
      expect(await other.takeOver(await seen(one, claim.taskId), LEASE)).toBeNull();
      expect((await kit.claimSoon(other)).claim.fence).toBe(1);
      await one.renew(claim);
    });

    it("are named by their queues, which say where they are", async () => {
      const namespace = kit.freshNamespace();
      const queue = await kit.open({ namespace });
      expect(queue.namespace).toBe(namespace);
      expect(queue.place.length).toBeGreaterThan(0);
      expect(["sqlite", "dynamodb"]).toContain(queue.engine);
    });
  });

  describe("closing and opening again (Q1)", () => {
    it("finds everything as it was: tasks, claims, keys, bindings, outcomes", async () => {
      const before = await kit.open();
      const claim = await running(before, "g");
      await before.bind(claim, { sessionId: "session-1", place: "here", project: "project-b" });
      await before.renew(claim);
      const key = submission("k", { idempotencyKey: "key" });
      await before.submit(key);
      const ended = await running(before, "e");
      await before.finish(ended, { state: "INVALID", outcome: outcome("said", { code: "E301" }) });
      const ids = [claim.taskId, "k.1", ended.taskId];
      const told = await Promise.all(ids.map((id) => before.get(id)));
      await before.close();

      const after = await kit.open();
      expect(await Promise.all(ids.map((id) => after.get(id)))).toEqual(told);
      expect((await after.submit(key)).created).toBe(false);
      await after.renew(claim);
      await after.finish(claim, { state: "COMPLETE", outcome: outcome() });
      expect((await kit.claimSoon(after)).task.task_id).toBe("k.1");
    });

    it("may be asked for twice", async () => {
      const queue = await kit.open();
      await queue.close();
      await queue.close();
    });
  });
}
