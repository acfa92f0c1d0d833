import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Script } from "../../../packages/core/test/support/scripted-provider.ts";
import { type Bench, deadWorker, EACH_ITS_OWN, makeBench, task } from "./support.ts";

let bench: Bench;
afterEach(() => bench.end());

const SLOW: Script = {
  ...EACH_ITS_OWN,
  EXECUTION: (request) => {
    const honest = EACH_ITS_OWN.EXECUTION;
    const act = typeof honest === "function" ? honest(request) : {};
    if (request.task.includes("wide")) return { ...act, writes: { ...act.writes, "docs/note.md": "x\n" } };
    if (request.task.includes("broken")) return { record: { is_error: true, exit_code: 1 } };
    return request.task.includes("slow") ? { ...act, argv: ["sleep", "4712"] } : act;
  },
};

async function submitted(...names: string[]): Promise<string> {
  const result = await bench.queued.submit({ project: bench.project, tasks: names.map(task) });
  return result.session_id;
}

describe("a worker", () => {
  it("runs what was submitted elsewhere, in order, to COMPLETE", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const worker = await bench.worker();
    const id = await submitted("alpha", "beta");
    await bench.until(`${id}.2`, "COMPLETE");
    const result = await bench.queued.status(id);
    expect(result.overall_status).toBe("COMPLETE");
    expect(result.tasks.map(({ prompt }) => prompt.split(" ").at(-1))).toEqual(["alpha", "beta"]);
    expect(worker.running().length).toBeLessThanOrEqual(1);
    expect(await bench.queue.workers()).toMatchObject([{ worker_id: worker.id, projects: [bench.project] }]);
    await worker.stop();
    expect(await bench.queue.workers()).toEqual([]);
  });

  it("does not run more at once than it may", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const ids = await Promise.all(["a1", "a2", "a3", "a4"].map((name) => submitted(name)));
    const worker = await bench.worker(2);
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, worker.running().length)), 5);
    for (const id of ids) await bench.until(`${id}.1`, "COMPLETE");
    clearInterval(timer);
    expect(most).toBe(2);
  });

  it("lands what was approved, without running an agent again", async () => {
    bench = await makeBench(SLOW);
    await bench.worker();
    const id = await submitted("wide");
    await bench.until(`${id}.1`, "AWAITING_APPROVAL");
    const before = bench.requests.length;
    const view = await bench.queued.approvalView(id);
    await bench.queued.approve({ sessionId: id, digest: view.digest });
    await bench.until(`${id}.1`, "COMPLETE");
    expect(bench.requests).toHaveLength(before);
    expect(existsSync(join(bench.project, "docs/note.md"))).toBe(true);
  });

  it("goes on in the session of the group, and in a new one after a failure", async () => {
    bench = await makeBench(SLOW);
    await bench.worker();
    const sessions: string[] = [];
    for (const [index, name] of ["alpha", "beta", "broken", "gamma"].entries()) {
      const { task: queued } = await bench.queue.submit({
        ...{ groupId: "talk", project: bench.project },
        payload: {
          ...task(name),
          scope: [],
          checks: [],
          provider: null,
          model: null,
          requires: null,
          budget_usd: null,
        },
      });
      expect(queued.task_id).toBe(`talk.${index + 1}`);
      const ended = await bench.until(queued.task_id, "COMPLETE", "ERROR");
      sessions.push(ended.session?.session_id ?? "");
    }
    expect(new Set(sessions.slice(0, 3)).size).toBe(1);
    expect(sessions[3]).not.toBe(sessions[0]);
  });

  it("hands a task back when it is told to stop, and leaves no process", async () => {
    bench = await makeBench(SLOW);
    const worker = await bench.worker();
    const id = await submitted("slow");
    while (!bench.requests.some(({ phase }) => phase === "EXECUTION"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await worker.stop(0);
    expect(worker.running()).toEqual([]);
    // An agent was cut short: whether it may run again is for a person to say.
    const left = await bench.queue.get(`${id}.1`);
    expect(left).toMatchObject({ state: "AWAITING_APPROVAL", outcome: { next_action: `pm approve ${id}` } });
  });

  it("interrupts one task, which then waits for a person, and goes on with the others", async () => {
    bench = await makeBench(SLOW);
    const worker = await bench.worker(1);
    const [slow, other] = [await submitted("slow"), await submitted("alpha")];
    while (!bench.requests.some(({ phase }) => phase === "EXECUTION"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await worker.interrupt(`${slow}.1`);
    expect((await bench.queue.get(`${slow}.1`)).state).toBe("AWAITING_APPROVAL");
    await bench.until(`${other}.1`, "COMPLETE");
  });

  it("lets what runs finish when it is told to stop with time", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const worker = await bench.worker();
    const [one, two] = [await submitted("alpha"), await submitted("beta")];
    await bench.until(`${one}.1`, "RUNNING");
    await worker.stop(60_000);
    expect((await bench.queue.get(`${one}.1`)).state).toBe("COMPLETE");
    expect(["QUEUED", "COMPLETE"]).toContain((await bench.queue.get(`${two}.1`)).state);
  });

  it("ends a running task when a person cancels it", async () => {
    bench = await makeBench(SLOW);
    await bench.worker();
    const id = await submitted("slow");
    while (!bench.requests.some(({ phase }) => phase === "EXECUTION"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await bench.queued.cancel(id);
    await bench.until(`${id}.1`, "CANCELLED");
    expect((await bench.queued.status(id)).violations.map(({ code }) => code)).toContain("E213");
  });

  it("takes over from a worker that died, at once where it knows that it did", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const id = await submitted("alpha");
    const dead = { workerId: await deadWorker(), leaseMs: 3_600_000 };
    await bench.queue.claim(`${id}.1`, dead);
    await bench.worker();
    const ended = await bench.until(`${id}.1`, "COMPLETE");
    expect(ended).toMatchObject({ deaths: 1, fence: 2 });
  });

  it("gives up on a task whose workers died twice, and says what is known", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const id = await submitted("alpha");
    const lease = async () => ({ workerId: await deadWorker(), leaseMs: 3_600_000 });
    await bench.queue.claim(`${id}.1`, await lease());
    const second = await bench.queue.takeOver({ taskId: `${id}.1`, fence: 1, beat: 0 }, await lease());
    expect(second).not.toBeNull();
    await bench.worker();
    const ended = await bench.until(`${id}.1`, "ERROR");
    expect(ended).toMatchObject({ deaths: 2, outcome: { code: "E440" } });
    expect(bench.requests).toEqual([]);
  });

  it("waits for a session that another process holds, and then goes on", async () => {
    bench = await makeBench(EACH_ITS_OWN);
    const { session_id: id } = await bench.queued.start({ project: bench.project, tasks: [task("alpha")] });
    const { openSession } = await import("../../../packages/core/src/runner/open-session.ts");
    const held = openSession({
      ...{
        project: bench.project,
        id,
        compress: true,
        redactor: { redact: (text: string) => text } as never,
      },
      clock: { now: () => new Date(), monotonic: () => performance.now() },
      onEvent: () => {},
    });
    const { task: queued } = await bench.queue.submit({
      ...{ groupId: id, project: bench.project },
      payload: {
        ...task("beta"),
        scope: [],
        checks: [],
        provider: null,
        model: null,
        requires: null,
        budget_usd: null,
      },
    });
    const claimed = await bench.queue.claimNext({ workerId: "w", leaseMs: 1_000, projects: [bench.project] });
    if (claimed === null) throw new Error("nothing to claim");
    await bench.queue.bind(claimed.claim, { sessionId: id, place: bench.project, project: bench.project });
    await bench.queue.release(claimed.claim);
    await bench.worker();
    while ((await bench.queue.get(queued.task_id)).fence === claimed.claim.fence)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await bench.until(queued.task_id, "QUEUED");
    held.close();
    await bench.until(queued.task_id, "COMPLETE");
  });
});
