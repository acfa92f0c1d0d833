/** What is left where somebody was stopped, or was faster, between two steps. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { newSessionId, RunnerError, type StartInput } from "@pm/core";
import { createQueuedEngine, createWorker, type Place } from "@pm/queue";
import { afterEach, describe, expect, it } from "vitest";
import type { Script } from "../../../packages/core/test/support/scripted-provider.ts";
import { newWorkerId } from "../../../packages/queue/src/worker/worker-id.ts";
import { type Bench, deadWorker, EACH_ITS_OWN, makeBench, task } from "./support.ts";

let bench: Bench;
afterEach(() => bench.end());

const SCRIPT: Script = {
  ...EACH_ITS_OWN,
  EXECUTION: (request) => {
    const honest = EACH_ITS_OWN.EXECUTION;
    const act = typeof honest === "function" ? honest(request) : {};
    if (request.task.includes("wide")) return { ...act, writes: { ...act.writes, "docs/note.md": "x\n" } };
    return request.task.includes("slow") ? { ...act, argv: ["sleep", "4713"] } : act;
  },
};

const payload = (name: string) => ({
  ...task(name),
  scope: [],
  checks: [],
  provider: null,
  model: null,
  requires: null,
  budget_usd: null,
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function completed(name: string): Promise<string> {
  const { session_id } = await bench.queued.start({ project: bench.project, tasks: [task(name)] });
  return session_id;
}

const states = async (groupId: string) =>
  (await bench.queue.listTasks({ groupId })).items.map(({ state }) => state);

async function claimedBy(workerId: string, groupId: string, name: string) {
  const claim = { workerId, leaseMs: 3_600_000 };
  const submitted = await bench.queue.submit({
    ...{ groupId, project: bench.project, payload: payload(name), claim },
  });
  if (submitted.claim === null) throw new Error("it was not free");
  return submitted.claim;
}

describe("work on a session that somebody else works on", () => {
  it("runs its own task when the one before it, in another terminal, has ended", async () => {
    bench = await makeBench(SCRIPT);
    const sessionId = await completed("alpha");
    const other = await claimedBy(newWorkerId(), sessionId, "beta");
    const running = bench.queued.continueSession({ sessionId, tasks: [task("gamma")] });
    while ((await states(sessionId)).length < 3) await pause(20);
    await pause(300);
    const outcome = { code: null, message: "", next_action: null, evidence_path: null, result_digest: null };
    await bench.queue.finish(other, { state: "CANCELLED", outcome });
    expect((await running).tasks.map(({ status }) => status)).toEqual(["COMPLETE", "COMPLETE"]);
    expect(await states(sessionId)).toEqual(["COMPLETE", "CANCELLED", "COMPLETE"]);
  }, 20_000);

  it("does not wait for a task that waits for a person", async () => {
    bench = await makeBench(SCRIPT);
    const sessionId = await completed("alpha");
    const other = await claimedBy(newWorkerId(), sessionId, "beta");
    const running = bench.queued.continueSession({ sessionId, tasks: [task("gamma")] });
    while ((await states(sessionId)).length < 3) await pause(20);
    const outcome = { code: null, message: "", next_action: null, evidence_path: null, result_digest: null };
    await bench.queue.finish(other, { state: "AWAITING_APPROVAL", outcome });
    await running;
    expect(await states(sessionId)).toEqual(["COMPLETE", "AWAITING_APPROVAL", "QUEUED"]);
  }, 20_000);

  it("takes over what a process that died had put into the queue and not begun", async () => {
    bench = await makeBench(SCRIPT);
    const sessionId = await completed("alpha");
    await claimedBy(await deadWorker(), sessionId, "beta");
    const result = await bench.queued.continueSession({ sessionId, tasks: [task("gamma")] });
    expect(result.tasks.map(({ status }) => status)).toEqual(["COMPLETE", "COMPLETE", "COMPLETE"]);
    expect(await states(sessionId)).toEqual(["COMPLETE", "COMPLETE", "COMPLETE"]);
  }, 20_000);

  it("keeps an approval that is on record where another terminal was faster in the queue", async () => {
    bench = await makeBench(SCRIPT);
    const { session_id: id } = await bench.queued.start({ project: bench.project, tasks: [task("wide")] });
    const { queue, engine, home } = bench;
    const faster = {
      ...queue,
      approve: async (taskId: string) => {
        await queue.approve(taskId);
        return queue.approve(taskId);
      },
    };
    const front = createQueuedEngine({ engine, queue: async () => faster, namespace: "default", home });
    const { digest } = await front.approvalView(id);
    await front.approve({ sessionId: id, digest });
    expect(await states(id)).toEqual(["QUEUED"]);
  });
});

describe("a session whose pm was stopped before its task was in it", () => {
  it("says that it goes on, and does so with the task that is in the queue, once", async () => {
    bench = await makeBench(SCRIPT);
    const { session_id: id } = await bench.engine.start({ project: bench.project, tasks: [] });
    await claimedBy(await deadWorker(), id, "beta");
    expect(await bench.queued.status(id)).toMatchObject({
      ...{ session_id: id, overall_status: "INCOMPLETE", next_action: `pm continue ${id}` },
      tasks: [{ prompt: task("beta").prompt }],
    });
    const result = await bench.queued.continueSession({ sessionId: id });
    expect(result).toMatchObject({ session_id: id, overall_status: "COMPLETE" });
    expect(result.tasks).toHaveLength(1);
    expect(await states(id)).toEqual(["COMPLETE"]);
  }, 20_000);

  it("goes on with it where a disk failed in between, once that is mended", async () => {
    bench = await makeBench(SCRIPT);
    const { engine, queue, project, home } = bench;
    const failing = {
      ...engine,
      start: async (input: StartInput) => {
        const { session_id: session } = await engine.start({ ...input, tasks: [] });
        throw new RunnerError("E307", { path: "journal.jsonl", reason: "i/o error", session });
      },
    };
    const front = createQueuedEngine({
      ...{ engine: failing, queue: async () => queue, namespace: "default", home },
    });
    const id = newSessionId();
    const started = front.start({ project, sessionId: id, tasks: [task("beta")] });
    await expect(started).rejects.toMatchObject({ code: "E307" });
    expect(await states(id)).toEqual(["AWAITING_APPROVAL"]);
    expect(await bench.queued.status(id)).toMatchObject({ next_action: `pm continue ${id}` });
    const result = await bench.queued.continueSession({ sessionId: id });
    expect(result).toMatchObject({ session_id: id, overall_status: "COMPLETE" });
    expect(result.tasks).toHaveLength(1);
  }, 20_000);

  it("is begun by a worker, as its status says, where not even a first line is on record", async () => {
    bench = await makeBench(SCRIPT);
    const id = newSessionId();
    mkdirSync(join(bench.project, ".pm/sessions", id), { recursive: true });
    await claimedBy(await deadWorker(), id, "beta");
    expect(await bench.queued.status(id)).toMatchObject({
      next_action: `pm worker --project ${bench.project}`,
      violations: [{ code: "E442" }],
    });
    await bench.worker();
    await bench.until(`${id}.1`, "COMPLETE");
    expect(await bench.queued.status(id)).toMatchObject({ session_id: id, overall_status: "COMPLETE" });
  }, 20_000);
});

describe("what was given up", () => {
  it("leaves nothing to run where only a part of the tasks could be submitted", async () => {
    bench = await makeBench(SCRIPT);
    const huge = { ...task("beta"), prompt: "x".repeat(5 * 1024 * 1024) };
    for (const call of [bench.queued.start, bench.queued.submit]) {
      const refused = call({ project: bench.project, tasks: [task("alpha"), huge] });
      await expect(refused).rejects.toMatchObject({ code: "E414" });
    }
    const { items } = await bench.queue.listTasks({});
    expect(items.map(({ state }) => state)).toEqual(["CANCELLED", "CANCELLED"]);
  });

  it("does not go on in its session after it was cancelled by the task's id", async () => {
    bench = await makeBench(SCRIPT);
    const { session_id: id } = await bench.queued.start({ project: bench.project, tasks: [task("wide")] });
    await bench.queued.cancel(`${id}.1`);
    expect(await states(id)).toEqual(["CANCELLED"]);
    expect(await bench.queued.status(id)).toMatchObject({ next_action: null });
    await expect(bench.queued.continueSession({ sessionId: id })).rejects.toMatchObject({ code: "E204" });
  });

  it("is not begun again without a word where the home folder forgot the session", async () => {
    bench = await makeBench(SCRIPT);
    const stop = new AbortController();
    const { session_id: id } = await bench.queued.start({
      ...{ project: bench.project, tasks: [task("slow")], signal: stop.signal },
      onEvent: (event) => {
        const started = event.kind === "journal" && event.event.type === "run.started" && event.event;
        if (started && started.phase === "EXECUTION") setTimeout(() => stop.abort(), 300);
      },
    });
    const before = bench.requests.length;
    await bench.queue.approve(`${id}.1`);
    rmSync(join(bench.home, "sessions.jsonl"));
    await bench.worker();
    const waiting = await bench.until(`${id}.1`, "AWAITING_APPROVAL", "ERROR");
    expect(waiting).toMatchObject({ state: "AWAITING_APPROVAL", outcome: { code: "E205" } });
    expect(bench.requests).toHaveLength(before);
  }, 20_000);
});

describe("copies of a project on several machines", () => {
  it("run what follows a task where that task landed", async () => {
    bench = await makeBench(SCRIPT);
    const { engine, queue, project: root } = bench;
    const copy = (name: string): Place => ({
      ...{ root, place: `${name}:${root}`, ownKey: `${name}:${root}`, sharedKey: "git:h/p" },
      claimKeys: [`${name}:${root}`, "git:h/p"],
    });
    const first = await queue.submit({ groupId: "talk", project: "git:h/p", payload: payload("alpha") });
    const follows = { ...payload("beta"), requires: first.task.task_id };
    await queue.submit({ groupId: "talk", project: "git:h/p", payload: follows });
    const one = createWorker({
      engine,
      queue,
      places: [copy("one")],
      concurrency: 1,
      onEvent: (event) => {
        if (event.kind === "started") void one.stop();
      },
    });
    await bench.until("talk.1", "COMPLETE");
    await one.stop();
    const two = createWorker({ engine, queue, places: [copy("two")], concurrency: 1 });
    await pause(1_000);
    await two.stop();
    const back = await bench.queue.get("talk.2");
    expect(back).toMatchObject({ state: "QUEUED", project: `one:${root}` });
    const again = createWorker({ engine, queue, places: [copy("one")], concurrency: 1 });
    const ended = await bench.until("talk.2", "COMPLETE");
    await again.stop();
    expect(ended.session).toMatchObject({ place: `one:${root}` });
  }, 30_000);
});
