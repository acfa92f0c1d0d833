import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { TaskInput } from "../../src/runner/engine.ts";
import { newSessionId } from "../../src/runner/system-ports.ts";
import { HONEST, PLAN, PROMPT } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const TEST = (n: number) =>
  `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { f } from "../src/f${n}.js";\n\ntest("gives ${n}", () => assert.equal(f(), ${n}));\n`;

/** Each task adds a function of its own and a test of it. */
const script: Script = {
  ...HONEST,
  PLANNING: ({ taskId }) => {
    const argv = ["node", "--test", `test/f${numberOf(taskId)}.test.js`];
    return { answer: { ...PLAN, checks: [{ id: "C1", requirement: "R1", type: "command", argv }] } };
  },
  EXECUTION: ({ taskId }) => {
    const n = numberOf(taskId);
    return {
      writes: {
        [`src/f${n}.js`]: `export function f() {\n  return ${n};\n}\n`,
        [`test/f${n}.test.js`]: TEST(n),
      },
    };
  },
};

const numberOf = (taskId: string) => Number(taskId.replace("task-", ""));

const task = (ref: string): TaskInput => ({
  prompt: `${PROMPT} (${ref})`,
  kind: "change",
  scope: [],
  checks: [],
  ref,
});

function setUp() {
  const project = makeProject({});
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider });
  const statuses = (tasks: readonly { status: string }[]) => tasks.map(({ status }) => status);
  return { project, provider, engine, statuses };
}

describe("tasks that somebody knows by a ref", () => {
  it("wait while they may not run, and a session takes each only once", async () => {
    const { project, engine, statuses } = setUp();
    const sessionId = newSessionId();
    const tasks = [task("q/1"), task("q/2")];
    const first = await engine.start({ project, sessionId, tasks, only: ["q/1"] });
    expect(first).toMatchObject({ session_id: sessionId, overall_status: "INCOMPLETE" });
    expect(first.next_action).toBe(`pm continue ${sessionId}`);
    expect(statuses(first.tasks)).toEqual(["COMPLETE", "INCOMPLETE"]);
    const second = await engine.continueSession({ sessionId, tasks, only: ["q/2"] });
    expect(second.overall_status).toBe("COMPLETE");
    expect(statuses(second.tasks)).toEqual(["COMPLETE", "COMPLETE"]);
    expect(await engine.refs(sessionId)).toEqual([
      { task_id: "task-1", ref: "q/1", cancelled: false },
      { task_id: "task-2", ref: "q/2", cancelled: false },
    ]);
    await expect(engine.verify(sessionId)).resolves.toMatchObject({ ok: true });
  });

  it("reopen a session that is COMPLETE when they are new to it, and only then", async () => {
    const { project, engine, statuses } = setUp();
    const { session_id: sessionId } = await engine.start({ project, tasks: [task("q/1")] });
    await expect(engine.continueSession({ sessionId, tasks: [task("q/1")] })).rejects.toMatchObject({
      code: "E204",
    });
    const more = await engine.continueSession({ sessionId, tasks: [task("q/2")] });
    expect(statuses(more.tasks)).toEqual(["COMPLETE", "COMPLETE"]);
    expect(more.overall_status).toBe("COMPLETE");
  });

  it("are cancelled one by one, and the others still run", async () => {
    const { project, provider, engine, statuses } = setUp();
    const tasks = ["q/1", "q/2", "q/3"].map(task);
    const { session_id: sessionId } = await engine.start({ project, tasks, only: ["q/1"] });
    const cancelled = await engine.cancel(sessionId, ["q/2"]);
    expect(cancelled.violations.map(({ code, task_id }) => [code, task_id])).toEqual([["E213", "task-2"]]);
    expect(cancelled.next_action).toBe(`pm continue ${sessionId}`);
    const last = await engine.continueSession({ sessionId });
    expect(statuses(last.tasks)).toEqual(["COMPLETE", "INCOMPLETE", "COMPLETE"]);
    expect(last.next_action).toBeNull();
    expect(provider.requests.some(({ taskId }) => taskId === "task-2")).toBe(false);
    await expect(engine.continueSession({ sessionId })).rejects.toMatchObject({ code: "E204" });
  });
});
