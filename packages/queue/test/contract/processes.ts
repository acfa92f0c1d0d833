import type { TaskQueue } from "@pm/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BuiltClaimant, buildClaimant } from "../support/build-claimant.ts";
import type { ClaimantLine, ClaimantOptions } from "../support/claimant.ts";
import { type ClaimantProcess, startClaimant } from "../support/claimant-process.ts";
import { ANY, eventually, type Kit, LEASE, outcome, PROJECT, pause, seen, submit } from "./kit.ts";

type Finished = Extract<ClaimantLine, { event: "finished" }>;
const LEASE_MS = 600;

export function describeProcesses(kit: Kit): void {
  describe("many processes", () => {
    let built: BuiltClaimant | undefined;
    let started: ClaimantProcess[] = [];

    beforeAll(async () => {
      const { childModule } = kit.harness();
      if (!childModule) throw new Error("The harness does not say how a child process opens the queue");
      built = await buildClaimant(childModule.path);
    });
    afterEach(async () => {
      for (const claimant of started) claimant.signal("SIGKILL");
      for (const claimant of started) await claimant.gone;
      started = [];
    });
    afterAll(() => built?.remove());

    function start(queue: TaskQueue, workerId: string, more: Partial<ClaimantOptions> = {}): ClaimantProcess {
      const claimant = startClaimant(built?.path ?? "", {
        module: built?.module ?? "",
        argument: kit.harness().childModule?.argument ?? null,
        namespace: queue.namespace,
        project: PROJECT,
        workerId,
        leaseMs: LEASE_MS,
        mode: "empty",
        pauseMs: 0,
        ...more,
      });
      started.push(claimant);
      return claimant;
    }

    async function submitMany(queue: TaskQueue, count: number, perGroup: number): Promise<string[]> {
      const ids: string[] = [];
      for (let i = 0; i < count / perGroup; i += 10) {
        const groups = Array.from({ length: Math.min(10, count / perGroup - i) }, (_, j) => `g${i + j}`);
        for (let turn = 0; turn < perGroup; turn++)
          ids.push(...(await Promise.all(groups.map((group) => submit(queue, group)))));
      }
      return ids;
    }

    const finishedBy = (claimants: readonly ClaimantProcess[]) =>
      claimants.flatMap(({ lines }) => lines.filter((line): line is Finished => line.event === "finished"));

    /** No task of a group was claimed before its predecessor was about to end. */
    function expectOrder(finished: readonly Finished[]) {
      const byId = new Map(finished.map((line) => [line.taskId, line]));
      for (const { taskId, claimedAt } of finished) {
        const [group, number] = taskId.split(".");
        const before = byId.get(`${group}.${Number(number) - 1}`);
        if (before) expect(claimedAt, `${taskId} after ${before.taskId}`).toBeGreaterThan(before.finishingAt);
      }
    }

    it("race for 1,000 tasks, and each is claimed once and finished once, in the order of its group", async () => {
      const queue = await kit.open();
      const ids = await submitMany(queue, 1_000, 4);
      const claimants = Array.from({ length: 8 }, (_, i) => start(queue, `racer-${i}`));
      for (const claimant of claimants) await claimant.said("ready");
      for (const claimant of claimants) claimant.go();
      for (const claimant of claimants) await claimant.said("end");
      const finished = finishedBy(claimants);
      expect(finished.map(({ taskId }) => taskId).sort()).toEqual([...ids].sort());
      expect(finished.every(({ fence }) => fence === 1)).toBe(true);
      expectOrder(finished);
      expect((await queue.stats()).counts).toMatchObject({ COMPLETE: 1_000, QUEUED: 0, RUNNING: 0 });
    }, 120_000);

    it("and one that is stopped past its lease: another takes over, and what the first sends late is refused", async () => {
      const queue = await kit.open();
      const id = await submit(queue, "g");
      const holder = start(queue, "stopped", { mode: "hold", pauseMs: LEASE_MS / 3 });
      await holder.said("ready");
      holder.go();
      await holder.said("renewed", 2);
      holder.signal("SIGSTOP");
      let lease = await seen(queue, id);
      for (let since = performance.now(); performance.now() - since < LEASE_MS; await pause(20)) {
        const now = await seen(queue, id);
        if (now.beat !== lease.beat) since = performance.now();
        lease = now;
      }
      const over = await queue.takeOver(lease, { ...LEASE, workerId: "successor" });
      expect(over?.task).toMatchObject({ state: "RUNNING", deaths: 1, claim: { worker_id: "successor" } });
      const before = await queue.get(id);
      holder.signal("SIGCONT");
      await holder.said("end");
      const refused = holder.lines.flatMap((line) => (line.event === "refused" ? [line] : []));
      expect(refused).toEqual(
        ["renew", "bind", "release", "finish"].map((what) => ({ event: "refused", what, code: "E412" })),
      );
      expect(await queue.get(id)).toEqual(before);
      if (over) await queue.finish(over.claim, { state: "COMPLETE", outcome: outcome() });
      expect((await queue.get(id)).state).toBe("COMPLETE");
    }, 60_000);

    it("and some that are killed: every task still ends once, none is lost, and each death is counted", async () => {
      const queue = await kit.open();
      const ids = await submitMany(queue, 200, 2);
      const all = Array.from({ length: 4 }, (_, i) => start(queue, `victim-${i}`, { pauseMs: 5 }));
      for (const claimant of all) await claimant.said("ready");
      for (const claimant of all) claimant.go();
      const [first, second, third] = all as [ClaimantProcess, ClaimantProcess, ClaimantProcess];
      const dead = new Set<string>();
      let taken = 0;
      /** Takes from the dead what they hold; what they had sent may still arrive after their end. */
      const reap = async () => {
        for (const { task_id, claim } of await queue.running([PROJECT])) {
          if (!claim || !dead.has(claim.worker_id)) continue;
          const over = await queue.takeOver({ taskId: task_id, ...claim }, ANY);
          if (!over) continue;
          taken++;
          await queue.release(over.claim);
        }
      };
      const kill = async (claimant: ClaimantProcess, after: number) => {
        await claimant.said("finished", after);
        claimant.signal("SIGKILL");
        await claimant.gone;
        dead.add(claimant.workerId);
        await reap();
      };
      await kill(first, 3);
      await kill(second, 5);
      await kill(third, 8);
      const heirs = [start(queue, "heir-1"), start(queue, "heir-2")];
      for (const heir of heirs) {
        await heir.said("ready");
        heir.go();
      }
      const ended = async () => {
        await reap();
        const { counts } = await queue.stats();
        return counts.QUEUED + counts.RUNNING === 0;
      };
      await eventually(ended, "everything has ended", { everyMs: 100, withinMs: 60_000 });
      for (const survivor of [...all.slice(3), ...heirs]) await survivor.said("end");
      const acknowledged = finishedBy([...all, ...heirs]).map(({ taskId }) => taskId);
      expect(new Set(acknowledged).size, "none is finished twice").toBe(acknowledged.length);
      expect((await queue.stats()).counts).toMatchObject({ COMPLETE: 200, QUEUED: 0, RUNNING: 0 });
      const tasks = await Promise.all(ids.map((id) => queue.get(id)));
      expect(tasks.every(({ state }) => state === "COMPLETE")).toBe(true);
      expect(tasks.reduce((sum, { deaths }) => sum + deaths, 0)).toBe(taken);
    }, 120_000);
  });
}
