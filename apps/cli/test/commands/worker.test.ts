import { type QueueTask, RunnerError, type TaskQueue } from "@pm/core";
import type { WorkerEvent } from "@pm/queue";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/program.ts";
import type { WorkerSetup } from "../../src/services.ts";
import { fakeServices } from "../fake-engine.ts";
import { createFakeIo } from "../fake-io.ts";
import { payloadOf, tempQueue } from "../temp-queue.ts";

const FAILED = {
  code: "E223",
  message: "npm test failed.",
  next_action: "pm approve session-9",
  evidence_path: null,
  result_digest: null,
};

const GONE = "box-0-x-000000";

/** `pm worker` with a worker that does what the test says, on a real queue. */
async function startWorker(args: readonly string[] = [], executors: Record<string, number> = {}) {
  const { home, queue, services } = await tempQueue();
  const io = createFakeIo({ cwd: home });
  const graces: (number | undefined)[] = [];
  const running: string[] = [];
  let setup: WorkerSetup | undefined;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const all = fakeServices(
    {},
    {
      ...services,
      executors: async (project) => executors[project] ?? 4,
      isGone: async (workerId) => workerId === GONE,
      async startWorker(asked) {
        setup = asked;
        const places = await Promise.all(asked.projects.map((path) => services.place("sqlite", path)));
        const worker = {
          id: "box-1-x-abcdef",
          interrupt: async () => {},
          running: () => running,
          stop(graceMs?: number) {
            graces.push(graceMs);
            if (running.length === 0) end();
            return ended;
          },
        };
        setTimeout(begun);
        return { worker, places };
      },
    },
  );
  const code = createProgram({ io, version: "1", services: all }).run(["worker", ...args]);
  await Promise.race([started, code]);
  const tell = (event: WorkerEvent) => setup?.onEvent(event);
  return { io, home, queue, code, graces, running, setup: () => setup, tell, end };
}

const submit = async (queue: TaskQueue, project: string): Promise<QueueTask> =>
  (await queue.submit({ groupId: "g", project, payload: payloadOf("Add a\nflag") })).task;

describe("pm worker", () => {
  it("works for the current folder, with as many tasks at once as its settings allow", async () => {
    const { io, home, queue, code, setup } = await startWorker();
    expect(setup()).toMatchObject({ namespace: "default", projects: [home], concurrency: 4 });
    expect(io.out()).toBe(
      [
        "Worker  of namespace default, at most 4 tasks at once",
        `Queue   ${queue.place}`,
        `For     ${home}`,
        'Waits for tasks; Ctrl-C ends it. Submit one from such a folder: pm start --detach "what to do"',
        "",
      ].join("\n"),
    );
    io.interrupt("SIGTERM");
    expect(await code).toBe(0);
    expect(io.err()).toBe("");
    expect(io.listeners()).toBe(0);
  });

  it("takes the least of what several projects allow, and less if asked", async () => {
    const { io, code, setup } = await startWorker(["--project", "/", "--project", "/tmp", "--project", "/"], {
      "/": 3,
      "/tmp": 2,
    });
    expect(setup()).toMatchObject({ projects: ["/", "/tmp"], concurrency: 2 });
    io.interrupt("SIGINT");
    await code;
  });

  it("tells what happens to each task, with its end and what is next", async () => {
    const { io, home, queue, code, tell } = await startWorker(["--namespace", "dev"]);
    const task = await submit(queue, home);
    const { claim } = await queue.claim(task.task_id, { workerId: "w", leaseMs: 1_000 });
    const taskId = task.task_id;
    tell({ kind: "started", task, takenOver: false });
    const phase = { type: "phase.started", task_id: "task-1", phase: "PLANNING", attempt: 1 } as const;
    tell({ kind: "engine", taskId, event: { kind: "journal", seq: 1, at: "", event: phase } });
    await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: FAILED });
    tell({ kind: "ended", taskId, sessionId: "session-9", state: "AWAITING_APPROVAL", message: "" });
    tell({ kind: "started", task, takenOver: true });
    tell({ kind: "ended", taskId, sessionId: null, state: null, message: "" });
    io.interrupt("SIGINT");
    await code;
    expect(io.out().split("\n").slice(4)).toEqual([
      "12:00:00  g.1  started: Add a flag",
      "12:00:00  g.1  PLANNING",
      "12:00:00  g.1  AWAITING_APPROVAL  npm test failed.  Next: pm approve session-9 --namespace dev",
      "12:00:00  g.1  taken over: Add a flag",
      "12:00:00  g.1  lost: another worker has it",
      "",
    ]);
  });

  it("tells it as one JSON object a line", async () => {
    const { io, home, queue, code, tell } = await startWorker(["--json"]);
    const task = await submit(queue, home);
    tell({ kind: "started", task, takenOver: false });
    tell({ kind: "trouble", error: new RunnerError("E433", { place: "here", reason: "x" }) });
    tell({ kind: "ended", taskId: "g.1", sessionId: "session-9", state: "QUEUED", message: "" });
    io.interrupt("SIGINT");
    await code;
    const objects = io
      .out()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects).toMatchObject([
      { kind: "ready", worker_id: "box-1-x-abcdef", engine: "sqlite", projects: [home], concurrency: 4 },
      { kind: "started", task_id: "g.1", group_id: "g", summary: "Add a flag", taken_over: false },
      { kind: "trouble", error: { code: "E433" } },
      { kind: "ended", task_id: "g.1", session_id: "session-9", state: "QUEUED", next_action: null },
    ]);
    for (const { at } of objects) expect(at).toBe("2026-01-02T12:00:00.000Z");
  });

  it("is silent with --quiet but for trouble, which it tells once", async () => {
    const { io, home, queue, code, tell } = await startWorker(["--quiet"]);
    tell({ kind: "started", task: await submit(queue, home), takenOver: false });
    const error = new RunnerError("E433", { place: "here", reason: "x" });
    for (let again = 0; again < 3; again += 1) tell({ kind: "trouble", error });
    io.interrupt("SIGINT");
    await code;
    expect(io.out()).toBe("");
    expect(io.err().match(/E433/g)).toHaveLength(1);
  });

  it("drains on the first signal, hands back on the second, ends on the third", async () => {
    const { io, code, graces, running, end } = await startWorker();
    running.push("g.1");
    io.interrupt("SIGTERM");
    expect(graces).toEqual([undefined]);
    expect(io.err()).toContain("SIGTERM: taking no more tasks");
    io.interrupt("SIGTERM");
    expect(graces).toEqual([undefined, 0]);
    expect(() => io.interrupt("SIGTERM")).toThrow("exit 130");
    end();
    expect(await code).toBe(0);
  });

  it("refuses a folder that is no valid project before it takes anything", async () => {
    const problems = [new RunnerError("E105", { path: "/x", project: "/x" })];
    const io = createFakeIo();
    const services = fakeServices({}, { validate: async (project) => ({ project, problems }) });
    const code = await createProgram({ io, version: "1", services }).run(["worker", "--project", "/x"]);
    expect(io.err()).toContain("E105");
    expect(code).toBe(1);
  });
});

describe("pm worker --once", () => {
  const looks = async (io: ReturnType<typeof createFakeIo>, ended: () => boolean) => {
    for (let look = 0; look < 10 && !ended(); look += 1) {
      io.pass(200);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  async function runOnce(prepare: (queue: TaskQueue, home: string) => Promise<void>) {
    const { io, home, queue, code } = await startWorker(["--once"]);
    await prepare(queue, home);
    let ended = false;
    void code.then(() => {
      ended = true;
    });
    await looks(io, () => ended);
    const result = { ended, code: ended ? await code : null };
    io.interrupt("SIGINT");
    await code;
    return result;
  }

  it("ends where there is nothing to do", async () => {
    expect(await runOnce(async () => {})).toEqual({ ended: true, code: 0 });
  });

  it("ends where only other projects' tasks wait", async () => {
    expect(await runOnce(async (queue) => void (await submit(queue, "/other")))).toMatchObject({
      ended: true,
    });
  });

  it("goes on while a task waits that it could take", async () => {
    const run = await runOnce(async (queue, home) => void (await submit(queue, home)));
    expect(run.ended).toBe(false);
  });

  it("ends where the rest waits behind a task that needs a person", async () => {
    const run = await runOnce(async (queue, home) => {
      const task = await submit(queue, home);
      await submit(queue, home);
      const { claim } = await queue.claim(task.task_id, { workerId: "w", leaseMs: 1_000 });
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: FAILED });
    });
    expect(run.ended).toBe(true);
  });

  it.each([
    ["it holds a task", "box-1-x-abcdef", false],
    ["a worker that is gone holds one", GONE, false],
    ["another one that is alive holds one", "box-2-x-abcdef", true],
  ])("where %s (%s), that it ends is %s", async (_, workerId, ends) => {
    const { ended } = await runOnce(async (queue, home) => {
      await submit(queue, home);
      await queue.claim("g.1", { workerId, leaseMs: 1_000 });
    });
    expect(ended).toBe(ends);
  });
});
