import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { acquireLock } from "../../src/locks/file-lock.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PROMPT, SUBTASKS } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function setUp(script: Script, settings: object = {}, clock?: Clock) {
  const project = makeProject({ ".claude/settings.json": JSON.stringify(settings) });
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider, ...(clock && { clock }) });
  const run = (signal?: AbortSignal) =>
    engine.start({
      project,
      tasks: [{ prompt: PROMPT, kind: "change", scope: [], checks: [] }],
      ...(signal && { signal }),
    });
  return { project, engine, run, provider };
}

const codes = (result: { violations: readonly { code: string }[] }) =>
  result.violations.map(({ code }) => code);
const writes = { "src/slug.js": FIXED_SLUG, "test/empty.test.js": NEW_TEST };

/** A clock that runs `speed` times as fast, so that limits of seconds can be reached. */
function fastClock(speed: number): Clock {
  const start = performance.now();
  const monotonic = () => start + (performance.now() - start) * speed;
  return { now: () => new Date(), monotonic };
}

describe("limits at work", () => {
  it("a result with more files than task_limits.files is INCOMPLETE and is not landed", async () => {
    const extra = { "src/a.js": "export const a = 1;\n", "src/b.js": "export const b = 1;\n" };
    const { run } = setUp(
      { ...HONEST, EXECUTION: { writes: { ...writes, ...extra } } },
      { task_limits: { files: 3 } },
    );
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toEqual(["E222"]);
    expect(result.tasks[0]?.landed).toBe(false);
  });

  it("a file that is too large to be looked into is ERROR E125, with a way out", async () => {
    const argv = [
      process.execPath,
      "-e",
      'fs.writeFileSync("src/big.js", ""); fs.truncateSync("src/big.js", 3e11)',
    ];
    const { run } = setUp({ ...HONEST, EXECUTION: { writes, argv: argv as [string, string, string] } });
    const result = await run();
    expect(result.overall_status).toBe("ERROR");
    expect(codes(result)).toEqual(["E125"]);
  });

  it("an agent's Python writes no byte code, and QA's may", async () => {
    let said = "";
    const { run, project } = setUp({
      ...HONEST,
      EXECUTION: {
        writes,
        before: async (request) => {
          const { stdout } = await request.exec({ argv: ["/usr/bin/env"], limitMs: 30_000 });
          said = stdout.head.toString();
        },
      },
    });
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({
        type: "module",
        scripts: { test: '[ -z "$PYTHONDONTWRITEBYTECODE" ] && node --test' },
      }),
    );
    expect((await run()).overall_status).toBe("COMPLETE");
    expect(said).toContain("PYTHONDONTWRITEBYTECODE=1\n");
  });

  it("a result with more tests than task_limits.tests is INCOMPLETE", async () => {
    const many = `${NEW_TEST}${[1, 2, 3].map((n) => `test("more ${n}", () => assert.equal(slug(""), ""));\n`).join("")}`;
    const { run } = setUp(
      { ...HONEST, EXECUTION: { writes: { ...writes, "test/empty.test.js": many } } },
      { task_limits: { tests: 2 } },
    );
    expect(codes(await run())).toContain("E222");
  });

  it("never has more executors at work at once than parallel_limits.executors", async () => {
    let now = 0;
    let most = 0;
    const ids = ["S1", "S2", "S3", "S4"];
    const subtasks = ids.map((id) => ({ ...SUBTASKS.subtasks[0], id }));
    const { run, provider } = setUp(
      {
        ...HONEST,
        TASK_DECOMPOSITION: { answer: { subtasks } },
        EXECUTION: (request) => ({
          before: async () => {
            now += 1;
            most = Math.max(most, now);
            await new Promise((resolve) => setTimeout(resolve, 150));
            now -= 1;
          },
          writes: request.subtaskId === "S1" ? writes : {},
          record: { tool_calls: 1 },
        }),
      },
      { parallel_limits: { executors: 2 } },
    );
    expect((await run()).overall_status).toBe("COMPLETE");
    expect(provider.requests.filter((request) => request.phase === "EXECUTION")).toHaveLength(4);
    expect(most).toBe(2);
  });

  it("kills an agent that gives no sign for operation_timeout_seconds, and what it started", async () => {
    const { run } = setUp(
      { ...HONEST, EXECUTION: { argv: ["sh", "-c", "sleep 4321 & sleep 4321"] } },
      { timeouts: { operation_timeout_seconds: 10 } },
    );
    const result = await run();
    expect(result.overall_status).toBe("ERROR");
    expect(processes("4321")).toEqual([]);
  });

  it("kills a QA command past operation_timeout_seconds; the task is not COMPLETE", async () => {
    const { run } = setUp(HONEST, {
      timeouts: { operation_timeout_seconds: 10 },
      qa: { commands: [["sleep", "4322"]] },
    });
    const result = await run();
    expect(result.overall_status).not.toBe("COMPLETE");
    expect(codes(result)).toContain("E223");
    expect(processes("4322")).toEqual([]);
  });

  it("ends ERROR with E402 where nothing moves while it waits for the landing lock, and names the holder", async () => {
    const { project, run } = setUp(HONEST, {}, fastClock(40));
    const holder = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
    try {
      holdAs(holder.pid ?? 0, join(project, ".pm/locks/landing"));
      const result = await run();
      expect(result.overall_status).toBe("ERROR");
      expect(codes(result)).toEqual(["E402"]);
      expect(result.violations[0]?.hint).toContain(String(holder.pid));
    } finally {
      holder.kill("SIGKILL");
    }
  });

  it("is INCOMPLETE after an interruption in EXECUTION, with no process left and the approval as the next step", async () => {
    const stop = new AbortController();
    const { run, engine } = setUp({
      ...HONEST,
      EXECUTION: {
        argv: ["sh", "-c", "setsid sleep 4323 & sleep 4323"],
        before: () => void setTimeout(() => stop.abort(), 500),
      },
    });
    const result = await run(stop.signal);
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(result.next_action).toBe(`pm approve ${result.session_id}`);
    expect(processes("4323")).toEqual([]);
    await expect(engine.verify(result.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("is INCOMPLETE after an interruption between phases, and continue goes on without an approval", async () => {
    const stop = new AbortController();
    const { run, engine } = setUp({
      ...HONEST,
      PLANNING: { ...(HONEST.PLANNING as object), before: () => void setTimeout(() => stop.abort(), 0) },
    });
    const first = await run(stop.signal);
    expect(first.overall_status).toBe("INCOMPLETE");
    if (first.next_action?.startsWith("pm approve")) {
      const { digest } = await engine.approvalView(first.session_id);
      await engine.approve({ sessionId: first.session_id, digest });
    }
    expect((await engine.continueSession({ sessionId: first.session_id })).overall_status).toBe("COMPLETE");
  });

  it("a second holder of a session is refused with E401, naming pid and start", async () => {
    const { project, engine } = setUp(HONEST);
    const opened = await engine.start({ project, tasks: [] });
    const lock = acquireLock(join(project, ".pm/locks", opened.session_id), { now: () => new Date() });
    await expect(engine.continueSession({ sessionId: opened.session_id })).rejects.toMatchObject({
      code: "E401",
      data: { pid: process.pid },
    });
    lock.release();
  });

  it("cancel stops a running session from another caller, and it can't be continued", async () => {
    const { run, engine, project } = setUp({ ...HONEST, EXECUTION: { argv: ["sleep", "4324"] } });
    const running = run();
    const id = await new Promise<string>((resolve) => {
      const timer = setInterval(async () => {
        const [session] = await engine.sessions(project);
        if (session?.tasks[0]?.phase !== "EXECUTION") return;
        clearInterval(timer);
        resolve(session.session_id);
      }, 50);
    });
    const cancelled = await engine.cancel(id);
    expect(cancelled).toMatchObject({ overall_status: "INCOMPLETE", next_action: null });
    expect(codes(cancelled)).toEqual(["E213"]);
    await running;
    expect(processes("4324")).toEqual([]);
    await expect(engine.continueSession({ sessionId: id })).rejects.toMatchObject({ code: "E204" });
  });
});

/** Makes `pid` the holder of a lock, as its own process would. */
function holdAs(pid: number, dir: string): void {
  const self = process.pid;
  Object.defineProperty(process, "pid", { value: pid, configurable: true });
  try {
    acquireLock(dir, { now: () => new Date() });
  } finally {
    Object.defineProperty(process, "pid", { value: self, configurable: true });
  }
}

/** Pids of processes with `word` as an argument. */
function processes(word: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\u0000").includes(word);
    } catch {
      return false;
    }
  });
}
