import { describe, expect, it } from "vitest";
import {
  eventually,
  type Kit,
  LEASE,
  outcome,
  PROJECT,
  pause,
  running,
  seen,
  skewedClock,
  submit,
} from "./kit.ts";

const TEN_MINUTES = 600_000;
const done = { state: "COMPLETE", outcome: outcome() } as const;

export function describeSkew(kit: Kit): void {
  /** Two processes, the clock of one ten minutes behind, of the other ten minutes ahead. */
  const openBoth = async () =>
    [
      await kit.open({ clock: skewedClock(-TEN_MINUTES) }),
      await kit.open({ clock: skewedClock(TEN_MINUTES) }),
    ] as const;

  describe("clocks that are ten minutes off", () => {
    it("change nothing of the order within a group", async () => {
      const queues = await openBoth();
      const ids: string[] = [];
      for (let i = 0; i < 10; i++) ids.push(await submit(queues[(i + 1) % 2] ?? queues[0], "g"));
      const order: string[] = [];
      for (let i = 0; i < 10; i++) {
        const queue = queues[i % 3 === 0 ? 0 : 1];
        const { claim } = await kit.claimSoon(queue);
        order.push(claim.taskId);
        await queue.finish(claim, done);
      }
      expect(order).toEqual(ids);
      const { items } = await queues[0].listTasks({ groupId: "g" });
      expect(items.map(({ task_id }) => task_id)).toEqual(ids);
    });

    it("let both claim what the other submitted", async () => {
      const [behind, ahead] = await openBoth();
      const [a, b] = [await submit(ahead, "a"), await submit(behind, "b")];
      const got = [await kit.claimSoon(behind), await kit.claimSoon(ahead)];
      expect(got.map(({ claim }) => claim.taskId).sort()).toEqual([a, b]);
    });

    it("expire no lease: only who watched it takes over, whatever the time is there", async () => {
      const [behind, ahead] = await openBoth();
      const short = { workerId: "worker-1", leaseMs: 1 };
      for (const [i, [holder, other]] of [[behind, ahead] as const, [ahead, behind] as const].entries()) {
        const id = await submit(holder, `g${i}`);
        const { claim } = await holder.claim(id, short);
        expect(await kit.claimMaybe(other)).toBeNull();
        const stale = await seen(other, id);
        await holder.renew(claim);
        expect(await other.takeOver(stale, LEASE)).toBeNull();
        const over = await other.takeOver(await seen(other, id), LEASE);
        expect(over?.claim.fence).toBe(2);
        await expect(holder.renew(claim)).rejects.toMatchObject({ code: "E412" });
        if (over) await other.finish(over.claim, done);
      }
    });

    it("leave nothing out of a list, and show nothing twice", async () => {
      const queues = await openBoth();
      const ids: string[] = [];
      for (let i = 0; i < 40; i++) ids.push(await submit(queues[i % 2] ?? queues[0], `g${i % 20}`));
      for (const queue of queues) {
        const groups: string[] = [];
        const tasks: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await queue.listGroups({ limit: 7, ...(cursor ? { cursor } : {}) });
          groups.push(...page.items.map(({ group_id }) => group_id));
          cursor = page.next_cursor;
        }
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await queue.listTasks(
            { state: "QUEUED" },
            { limit: 7, ...(cursor ? { cursor } : {}) },
          );
          tasks.push(...page.items.map(({ task_id }) => task_id));
          cursor = page.next_cursor;
        }
        expect(groups.sort()).toEqual([...new Set(ids.map((id) => id.split(".")[0]))].sort());
        expect(tasks.sort()).toEqual([...ids].sort());
        expect((await queue.stats()).counts.QUEUED).toBe(40);
      }
    });

    it("and even months are no reason to lose a group from the list", async () => {
      const day = 86_400_000;
      const made: string[] = [];
      for (const days of [-200, -95, -31, -1, 0]) {
        const queue = await kit.open({ clock: skewedClock(days * day) });
        made.push((await queue.createGroup(`g${made.length}`)).group_id);
      }
      const queue = await kit.open();
      const { items } = await queue.listGroups();
      expect(items.map(({ group_id }) => group_id)).toEqual([...made].reverse());
    });

    it("hide nothing from who watches, also no task that came and went between two looks", async () => {
      const queues = await openBoth();
      for (const [i, watcher] of queues.entries()) {
        const heard = new Map<string, string>();
        const stop = watcher.watch({}, ({ task_id, state }) => void heard.set(task_id, state));
        await eventually(async () => {
          const { taskId, ...claim } = await running(queues[0], `warm-${i}`);
          await queues[0].finish({ taskId, ...claim }, done);
          return heard.size > 0;
        }, "the watch has begun");
        const quick: string[] = [];
        for (const [j, writer] of [...queues, ...queues].entries()) {
          const claim = await running(writer, `quick-${i}-${j}`);
          await writer.finish(claim, done);
          quick.push(claim.taskId);
          await pause(j * 300);
        }
        await eventually(() => quick.every((id) => heard.get(id) === "COMPLETE"), `all of ${quick}`);
        stop();
      }
    });

    it("wake who waits for work", async () => {
      const queues = await openBoth();
      for (const [i, waiter] of queues.entries()) {
        let wakes = 0;
        const stop = waiter.onWork([PROJECT], () => void wakes++);
        await submit(queues[1 - i] ?? queues[0], `g${i}`);
        await eventually(() => wakes > 0, "a wake");
        stop();
        await queues[0].cancel(`g${i}.1`, outcome());
      }
    });

    it("approve, cancel and end as always", async () => {
      const [behind, ahead] = await openBoth();
      const claim = await running(ahead, "g");
      await ahead.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      await behind.approve(claim.taskId);
      const again = await kit.claimSoon(behind);
      await ahead.cancel(claim.taskId, outcome());
      expect(await behind.renew(again.claim)).toEqual({ cancelRequested: true });
      await behind.finish(again.claim, { state: "CANCELLED", outcome: outcome() });
      expect((await ahead.get(claim.taskId)).state).toBe("CANCELLED");
    });
  });
}
