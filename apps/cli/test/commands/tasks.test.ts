import { realpathSync } from "node:fs";
import { RunnerError } from "@pm/core";
import { describe, expect, it } from "vitest";
import { widthOf } from "../../src/render/fit.ts";
import { executionResult } from "../fake-engine.ts";
import { runPm } from "../run-pm.ts";
import { payloadOf, tempQueue } from "../temp-queue.ts";

const session = {
  session_id: "session-1a",
  project: "/work/日本語",
  opened_at: "2026-01-02T03:04:05.000Z",
  overall_status: "COMPLETE" as const,
  tasks: executionResult().tasks,
  refs: [],
};

const unknown = async (id: string) => {
  throw new RunnerError("E203", { id });
};

/** A queue with a task for each [group, project, prompt], and `pm tasks` on it. */
async function queueWith(...tasks: readonly (readonly [string, string, string])[]) {
  const { home, queue, services, asked } = await tempQueue();
  for (const [groupId, project, prompt] of tasks)
    await queue.submit({ groupId, project, payload: payloadOf(prompt) });
  const pm = (args: readonly string[], options = {}) =>
    runPm(["tasks", ...args], { refs: unknown }, { ...options, services });
  return { home, queue, pm, asked };
}

/** Times differ from run to run. */
const timeless = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "2026-01-02 03:04");

describe("pm tasks", () => {
  it("lists the queue of the namespace, newest first", async () => {
    const { pm, asked } = await queueWith(["session-1", "/work", "Add a flag"], ["g", "/work", "Fix\n#12"]);
    expect(timeless((await pm([])).out)).toMatchInlineSnapshot(`
      "TASK         STATE   SUBMITTED (UTC)   PROMPT
      g.1          QUEUED  2026-01-02 03:04  Fix #12
      session-1.1  QUEUED  2026-01-02 03:04  Add a flag
      "
    `);
    await pm(["--namespace", "dev"]);
    expect(asked).toEqual(["default", "dev"]);
  });

  it("names the session where the task's id does not", async () => {
    const { queue, pm } = await queueWith(["session-1", "/work", "x"], ["g", "/work", "y"]);
    const start = async (taskId: string, sessionId: string) => {
      const { claim } = await queue.claim(taskId, { workerId: "w", leaseMs: 1_000 });
      await queue.bind(claim, { sessionId, place: "/work", project: "/work" });
    };
    await start("session-1.1", "session-1");
    expect((await pm([])).out).not.toContain("SESSION");
    await start("g.1", "session-2");
    expect((await pm([])).out).toMatch(/SESSION(.|\n)*g\.1 +RUNNING +\S+ \S+ +session-2 +y\n/);
  });

  it("shows the project only where they differ", async () => {
    const { pm } = await queueWith(["a", "/one", "x"], ["b", "/two", "y"]);
    const { out } = await pm([]);
    expect(out).toContain("PROJECT");
    expect(out).toMatch(/b\.1 .* \/two\n/);
  });

  it("keeps to a state, a project and a number, and goes on from a cursor", async () => {
    const { home, queue, pm } = await queueWith();
    for (let index = 0; index < 9; index += 1) {
      const project = index % 3 === 0 ? realpathSync(home) : "/other";
      await queue.submit({ groupId: `g${index}`, project, payload: payloadOf("x") });
    }
    await queue.claim("g1.1", { workerId: "w", leaseMs: 1_000 });
    expect((await pm(["--state", "RUNNING", "-q"])).out).toBe("g1.1\n");
    expect((await pm(["--project", home, "-q"])).out).toBe("g6.1\ng3.1\ng0.1\n");
    const first = JSON.parse((await pm(["--project", home, "--limit", "2", "--json"])).out);
    expect(first.tasks.map((task: { task_id: string }) => task.task_id)).toEqual(["g6.1", "g3.1"]);
    const rest = await pm(["--project", home, "--cursor", first.next_cursor, "--json"]);
    expect(JSON.parse(rest.out)).toMatchObject({ tasks: [{ task_id: "g0.1" }], next_cursor: null });
    expect((await pm(["--limit", "2"])).out).toMatch(/There are more: add --cursor \S+\n$/);
    expect((await pm(["--cursor", "nonsense"])).err).toContain("E416");
  });

  it("lists a group, and shows a task with what became of it", async () => {
    const { queue, pm } = await queueWith(
      ["web-1", "/work", "x"],
      ["web-1", "/work", "y"],
      ["other", "/work", "z"],
    );
    expect((await pm(["web-1", "-q"])).out).toBe("web-1.1\nweb-1.2\n");
    const { claim } = await queue.claim("web-1.1", { workerId: "w", leaseMs: 1_000 });
    await queue.finish(claim, {
      state: "AWAITING_APPROVAL",
      outcome: {
        code: "E223",
        message: "npm test \x1b[31mfailed.",
        next_action: "pm approve session-9",
        evidence_path: null,
        result_digest: null,
      },
    });
    const { out } = await pm(["web-1.1"]);
    expect(out).toMatch(/web-1\.1 +AWAITING_APPROVAL/);
    expect(out).toMatch(/\nnpm test failed\.\nNext {2}pm approve session-9\n$/);
    expect(JSON.parse((await pm(["web-1.1", "--json"])).out).tasks[0].payload.prompt).toBe("x");
  });

  it("keeps the error of the session for an id that nobody knows", async () => {
    const { pm } = await queueWith();
    expect((await pm(["session-none"])).err).toContain("E203");
    expect((await pm(["no/id"])).err).toContain("E203");
  });

  it("says what to do where nothing is in the queue", async () => {
    const { pm } = await queueWith();
    expect((await pm([])).out).toBe(
      'No task in the queue of namespace default.\nNext  pm start "what to do"\n',
    );
    expect((await pm(["--namespace", "dev", "--state", "ERROR"])).out).toBe(
      'No ERROR task in the queue of namespace dev.\nNext  pm start "what to do" --namespace dev\n',
    );
  });

  it("fits its table into a terminal", async () => {
    const { pm } = await queueWith(["g", "/work", "日本語 ".repeat(40)], ["h", "/other", "x"]);
    for (const columns of [40, 80]) {
      const { out } = await pm([], { tty: true, columns });
      for (const line of out.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    }
  });

  it("lists the tasks of one session, from its evidence", async () => {
    const status = async () => executionResult();
    expect((await runPm(["tasks", "session-1a"], { status })).out).toMatch(
      /task-1 +COMPLETE +- +yes +Add a flag/,
    );
    const { out } = await runPm(["tasks", "session-1a", "--json"], { status });
    expect(JSON.parse(out)).toEqual({ session_id: "session-1a", tasks: executionResult().tasks });
  });
});

describe("pm tasks --sessions", () => {
  it("lists sessions, those of a project, or ids alone, without a queue", async () => {
    const asked: (string | undefined)[] = [];
    const engine = {
      sessions: async (project?: string) => {
        asked.push(project);
        return [session];
      },
    };
    const run = await runPm(["tasks", "--sessions"], engine);
    expect(run.out).toContain("session-1a  COMPLETE  2026-01-02 03:04  1      Add a flag");
    const quiet = await runPm(["tasks", "--sessions", "--quiet", "--project", "p"], engine);
    expect(quiet.out).toBe("session-1a\n");
    expect(asked).toEqual([undefined, "/work/p"]);
  });

  it("says what to do where there is no session", async () => {
    const run = await runPm(["tasks", "--sessions"], { sessions: async () => [] });
    expect(run.out).toContain('pm start "what to do"');
  });
});
