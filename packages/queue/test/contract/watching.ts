import type { QueueTask, WorkerInfo } from "@pm/core";
import { describe, expect, it } from "vitest";
import { eventually, type Kit, LEASE, outcome, PROJECT, pause, running, skewedClock, submit } from "./kit.ts";

const worker = (id: string, more: Partial<WorkerInfo> = {}): WorkerInfo => ({
  worker_id: id,
  host: "here",
  pid: 4_711,
  projects: [PROJECT],
  concurrency: 2,
  started_at: "2026-01-01T00:00:00.000Z",
  ...more,
});
const HOUR_MS = 3_600_000;

export function describeWatching(kit: Kit): void {
  describe("its figures", () => {
    it("count the tasks by state, and say since when the oldest waits", async () => {
      const queue = await kit.open({ clock: skewedClock(0, 1_000) });
      const none = { QUEUED: 0, RUNNING: 0, AWAITING_APPROVAL: 0, COMPLETE: 0, ERROR: 0 };
      const empty = { ...none, INVALID: 0, NO_EVIDENCE: 0, CANCELLED: 0 };
      expect(await queue.stats()).toEqual({ counts: empty, oldest_waiting_at: null });
      const ids = [await submit(queue, "a"), await submit(queue, "b"), await submit(queue, "c")];
      const [a, b, c] = await Promise.all(ids.map((id) => queue.get(id)));
      expect(await queue.stats()).toEqual({
        counts: { ...empty, QUEUED: 3 },
        oldest_waiting_at: a?.submitted_at,
      });
      const { claim } = await queue.claim("a.1", LEASE);
      expect((await queue.stats()).oldest_waiting_at).toBe(b?.submitted_at);
      await queue.cancel("b.1", outcome());
      expect(await queue.stats()).toEqual({
        counts: { ...empty, QUEUED: 1, RUNNING: 1, CANCELLED: 1 },
        oldest_waiting_at: c?.submitted_at,
      });
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await queue.claim("c.1", LEASE);
      expect(await queue.stats()).toEqual({
        counts: { ...empty, AWAITING_APPROVAL: 1, RUNNING: 1, CANCELLED: 1 },
        oldest_waiting_at: null,
      });
      await queue.approve("a.1");
      expect((await queue.stats()).oldest_waiting_at).toBe(a?.submitted_at);
    });

    it("have times that are times", async () => {
      const queue = await kit.open();
      const { created_at } = await queue.createGroup("g");
      const task = await queue.get((await running(queue, "g")).taskId);
      for (const time of [created_at, task.submitted_at, task.updated_at, task.claim?.claimed_at ?? ""])
        expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
    });
  });

  describe("workers", () => {
    it("are listed as they announced themselves, the latest first, until they withdraw", async () => {
      const clock = skewedClock(0, 1_000);
      const [one, other] = [await kit.open({ clock }), await kit.open({ clock })];
      await one.announce(worker("w-1"));
      await one.announce(worker("w-2", { projects: ["'#", "世界"], concurrency: 4 }));
      await other.announce(worker("w-3"));
      const shown = await other.workers();
      expect(shown.map(({ worker_id }) => worker_id)).toEqual(["w-3", "w-2", "w-1"]);
      expect(shown[1]).toEqual({
        ...worker("w-2", { projects: ["'#", "世界"], concurrency: 4 }),
        seen_at: shown[1]?.seen_at,
      });
      await one.announce(worker("w-1", { projects: [] }));
      const again = await one.workers();
      expect(again.map(({ worker_id }) => worker_id)).toEqual(["w-1", "w-3", "w-2"]);
      expect(again[0]?.projects).toEqual([]);
      expect(Date.parse(again[0]?.seen_at ?? "")).toBeGreaterThan(Date.parse(shown[2]?.seen_at ?? ""));
      await other.withdraw("w-3");
      await other.withdraw("w-3");
      await other.withdraw("nobody");
      expect((await one.workers()).map(({ worker_id }) => worker_id)).toEqual(["w-1", "w-2"]);
    });

    it("are forgotten after a day", async () => {
      const [old, recent] = [
        await kit.open({ clock: skewedClock(-25 * HOUR_MS) }),
        await kit.open({ clock: skewedClock(-23 * HOUR_MS) }),
      ];
      await old.announce(worker("w-old"));
      await recent.announce(worker("w-recent"));
      const now = await kit.open();
      expect((await now.workers()).map(({ worker_id }) => worker_id)).toEqual(["w-recent"]);
      await old.announce(worker("w-old"));
      await now.announce(worker("w-old"));
      expect((await now.workers()).map(({ worker_id }) => worker_id)).toEqual(["w-old", "w-recent"]);
    });
  });

  describe("watching", () => {
    it("tells of every task that changed, also in another process, and of it as it is", async () => {
      const [watcher, other] = [await kit.open(), await kit.open()];
      const latest = new Map<string, QueueTask>();
      const stop = watcher.watch({}, (task) => void latest.set(task.task_id, task));
      const a = await submit(other, "a");
      await eventually(() => latest.get(a)?.state === "QUEUED", "a new task of another process");
      const own = await submit(watcher, "b");
      await eventually(() => latest.get(own)?.state === "QUEUED", "a task of its own");
      const { claim } = await other.claim(a, LEASE);
      await eventually(() => latest.get(a)?.state === "RUNNING", "a claim");
      await other.bind(claim, { sessionId: "session-1", place: "here", project: PROJECT });
      await eventually(() => latest.get(a)?.session?.session_id === "session-1", "a binding");
      await watcher.cancel(a, outcome());
      await eventually(() => latest.get(a)?.cancel_requested === true, "a wish to cancel");
      await other.finish(claim, { state: "COMPLETE", outcome: outcome("well") });
      await eventually(() => latest.get(a)?.state === "COMPLETE", "an ending");
      const { payload: _, ...shown } = await other.get(a);
      expect(latest.get(a)).toEqual(shown);
      stop();
    });

    it("tells only of the group that it was asked for, and misses none of many", async () => {
      const [watcher, other] = [await kit.open(), await kit.open()];
      const heard = new Set<string>();
      watcher.watch({ groupId: "g" }, (task) => void heard.add(task.task_id));
      await pause(50);
      const ids: string[] = [];
      for (let i = 0; i < 60; i++) {
        ids.push(await submit(other, "g"));
        await submit(other, "h");
      }
      await eventually(() => ids.every((id) => heard.has(id)), "all of the group");
      expect([...heard].filter((id) => !id.startsWith("g."))).toEqual([]);
    });

    it("says nothing more once it was stopped, or the queue closed", async () => {
      const [watcher, other] = [await kit.open(), await kit.open()];
      let calls = 0;
      let heard = false;
      const stop = watcher.watch({}, () => void calls++);
      other.watch({}, () => {
        heard = true;
      });
      await submit(other, "a");
      await eventually(() => calls > 0, "the first");
      stop();
      stop();
      const atStop = calls;
      heard = false;
      await submit(other, "b");
      await eventually(() => heard, "the second, by another");
      await pause(50);
      expect(calls).toBe(atStop);
      watcher.watch({}, () => void calls++);
      watcher.onWork([PROJECT], () => void calls++);
      await watcher.close();
      const atClose = calls;
      heard = false;
      await submit(other, "c");
      await eventually(() => heard, "the third, by another");
      await pause(50);
      expect(calls).toBe(atClose);
    });
  });

  describe("waiting for work", () => {
    it("wakes whoever waits when a task comes, in this process or another", async () => {
      const [waiter, other] = [await kit.open(), await kit.open()];
      let wakes = 0;
      const stop = waiter.onWork([PROJECT], () => void wakes++);
      for (const [i, queue] of [other, waiter].entries()) {
        await pause(50);
        const before = wakes;
        await submit(queue, `g${i}`);
        await eventually(() => wakes > before, `a task submitted by ${i === 0 ? "another" : "itself"}`);
      }
      stop();
    });

    it("wakes, too, when a task may run because it was handed back, approved, bound, or the one before ended", async () => {
      const [waiter, other] = [await kit.open(), await kit.open()];
      const first = await running(other, "g");
      await submit(other, "g");
      let wakes = 0;
      const stop = waiter.onWork([PROJECT], () => void wakes++);
      const wakesOn = async (what: string, change: () => Promise<unknown>) => {
        await pause(50);
        const before = wakes;
        await change();
        await eventually(() => wakes > before, what);
      };
      await wakesOn("handed back", () => other.release(first));
      const { claim } = await other.claim(first.taskId, LEASE);
      await other.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await wakesOn("approved", () => other.approve(first.taskId));
      const again = await other.claim(first.taskId, LEASE);
      await wakesOn("ended", () => other.finish(again.claim, { state: "COMPLETE", outcome: outcome() }));
      const elsewhere = await other.submit({
        groupId: "h",
        project: "project-b",
        payload: (await other.get("g.1")).payload,
        claim: LEASE,
      });
      if (!elsewhere.claim) throw new Error("not claimed");
      const bound = elsewhere.claim;
      await other.bind(bound, { sessionId: "session-1", place: "here", project: PROJECT });
      await wakesOn("bound to the project, and handed back", () => other.release(bound));
      stop();
    });
  });
}
