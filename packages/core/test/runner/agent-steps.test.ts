import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { TaskSteps } from "../../src/runner/agent-steps.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { TaskInput } from "../../src/runner/engine.ts";
import { createSnapshotStore } from "../../src/workspace/create-snapshot-store.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PLAN, PROMPT, REQUIREMENTS } from "../support/honest-script.ts";
import { type Files, makeProject, writeFiles } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const TASK: TaskInput = { prompt: PROMPT, kind: "change", scope: [], checks: [] };
const tempDir = () => {
  const dir = mkdtempSync(join(tmpdir(), "pm-steps-"));
  made.push(dir);
  return dir;
};

function setUp(script: Script, files: Files = {}) {
  const project = makeProject(files);
  made.push(project);
  const engine = createEngine({
    home: tempDir(),
    version: "0.0.0",
    providers: () => createScriptedProvider(script),
  });
  const run = () => engine.start({ project, tasks: [TASK] });
  const task = async (sessionId: string): Promise<TaskSteps> => {
    const [found] = (await engine.agentSteps(sessionId)).tasks;
    if (found === undefined) throw new Error("no task");
    return found;
  };
  return { project, engine, run, task };
}

const SUBTASKS = {
  subtasks: [
    { id: "S1", title: "Fix", instructions: "Change slug.", requirements: ["R1"], depends_on: [] },
    { id: "S2", title: "Test", instructions: "Test it.", requirements: ["R1"], depends_on: ["S1"] },
  ],
};
const TWO_STEPS: Script = {
  ...HONEST,
  TASK_DECOMPOSITION: { answer: SUBTASKS },
  EXECUTION: ({ subtaskId }) =>
    subtaskId === "S1"
      ? { writes: { "src/slug.js": FIXED_SLUG } }
      : { writes: { "test/empty.test.js": NEW_TEST } },
};

describe("what the agents of a session did", () => {
  it("D2 is of each subtask what it changed itself, not what it was given", async () => {
    const { run, task } = setUp(TWO_STEPS);
    const result = await run();
    expect(result.overall_status).toBe("COMPLETE");
    const { steps, ...rest } = await task(result.session_id);
    expect(rest).toMatchObject({ taskId: "task-1", status: "COMPLETE", incomparable: null, input: TASK });
    expect(steps.map(({ phase, subtaskId, ask }) => [phase, subtaskId, ask])).toEqual([
      ["REQUIREMENT_ANALYSIS", null, 1],
      ["TASK_DECOMPOSITION", null, 1],
      ["PLANNING", null, 1],
      ["EXECUTION", "S1", 1],
      ["EXECUTION", "S2", 1],
    ]);
    expect(steps.map(({ answer }) => answer)).toEqual([REQUIREMENTS, SUBTASKS, PLAN, undefined, undefined]);
    expect(steps[3]?.edits).toMatchObject([
      {
        path: "src/slug.js",
        kind: "write",
        mode: "100644",
        oldMode: "100644",
        content: Buffer.from(FIXED_SLUG),
      },
    ]);
    expect(steps[4]?.edits).toMatchObject([{ path: "test/empty.test.js", kind: "write", oldMode: null }]);
  });

  it("has an answer that could not be used, and the one that was given again", async () => {
    const { run, task } = setUp({
      ...HONEST,
      REQUIREMENT_ANALYSIS: ({ attempt }) => ({ answer: attempt === 1 ? { nonsense: 1 } : REQUIREMENTS }),
    });
    const { steps } = await task((await run()).session_id);
    expect(steps.slice(0, 2).map(({ ask, answer }) => [ask, answer])).toEqual([
      [1, { nonsense: 1 }],
      [2, REQUIREMENTS],
    ]);
  });

  it("D1 leaves out an attempt that was given up", async () => {
    let attempts = 0;
    const { run, task, engine } = setUp({
      ...HONEST,
      EXECUTION: () => {
        attempts += 1;
        const slug = attempts === 1 ? 'throw new Error("not yet");\n' : FIXED_SLUG;
        return { writes: { "src/slug.js": slug, "test/empty.test.js": NEW_TEST } };
      },
    });
    const { session_id: sessionId, overall_status } = await run();
    expect(overall_status).toBe("INCOMPLETE");
    const before = await task(sessionId);
    const { digest } = await engine.approvalView(sessionId);
    await engine.approve({ sessionId, digest });
    expect((await task(sessionId)).incomparable).toMatch(/has not ended/);
    expect((await engine.continueSession({ sessionId })).overall_status).toBe("COMPLETE");
    const after = await task(sessionId);
    expect([before.steps.length, after.steps.length]).toEqual([4, 4]);
    expect(after.steps[3]?.edits).toMatchObject([{ content: Buffer.from(FIXED_SLUG) }, {}]);
  });

  it("can't be compared where the user's edits were merged in; its base is what the agents had", async () => {
    const { project, run, task } = setUp({
      ...HONEST,
      PLANNING: { answer: PLAN, before: () => writeFiles(project, { "src/other.js": "export {};\n" }) },
    });
    const result = await run();
    expect(result.overall_status).toBe("COMPLETE");
    const { base, incomparable, steps } = await task(result.session_id);
    expect(incomparable).toMatch(/merged with what was changed in the project/);
    expect(steps[3]?.edits.map(({ path }) => path)).toEqual(["src/slug.js", "test/empty.test.js"]);
    const store = await createSnapshotStore({
      projectDir: project,
      storeDir: join(project, ".pm/store.git"),
      workDir: tempDir(),
    });
    expect(await store.listFiles(base ?? "")).not.toContain("src/other.js");
  });

  it("B2 is E523 where the store is gone or lost a tree, with the reason", async () => {
    const { project, engine, run } = setUp(HONEST);
    const { session_id } = await run();
    const storeDir = join(project, ".pm/store.git");
    renameSync(join(storeDir, "objects"), join(storeDir, "elsewhere"));
    await expect(engine.agentSteps(session_id)).rejects.toMatchObject({ code: "E523" });
    rmSync(storeDir, { recursive: true });
    const failure = engine.agentSteps(session_id);
    await expect(failure).rejects.toMatchObject({ code: "E523" });
    await expect(failure).rejects.toThrow(/store is no longer there/);
    expect(existsSync(storeDir)).toBe(false);
  });

  it("B1 is not read from evidence that was altered", async () => {
    const { engine, run } = setUp(HONEST);
    const { session_id, evidence_path } = await run();
    appendFileSync(join(evidence_path, "executor_runs.jsonl"), "{}\n");
    await expect(engine.agentSteps(session_id)).rejects.toMatchObject({ code: "E310" });
    const restored = engine.restoreProject({
      sessionId: session_id,
      taskId: "task-1",
      dir: join(tempDir(), "p"),
    });
    await expect(restored).rejects.toMatchObject({ code: "E310" });
  });
});

describe("a project restored for a replay", () => {
  it("J1 has the task's base for its snapshot, whatever is ignored", async () => {
    const project = makeProject({ ".gitignore": "node_modules\n*.log\n", "kept.log": "tracked\n" });
    made.push(project);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: project, stdio: "pipe" });
    git("add", "--force", "kept.log");
    git("rm", "-q", "-r", "--cached", ".claude");
    appendFileSync(join(project, ".git/info/exclude"), "/.claude/\n");
    writeFileSync(join(project, ".claude/settings.json"), '{"task_limits":{"files":7}}');
    const engine = createEngine({
      home: tempDir(),
      version: "0",
      providers: () => createScriptedProvider(HONEST),
    });
    const { session_id: sessionId, overall_status } = await engine.start({ project, tasks: [TASK] });
    expect(overall_status).toBe("COMPLETE");
    const dir = join(tempDir(), "restored");
    await engine.restoreProject({ sessionId, taskId: "task-1", dir });
    const settings = JSON.parse(readFileSync(join(dir, ".claude/settings.json"), "utf8"));
    expect(settings.task_limits.files).toBe(7);
    const store = await createSnapshotStore({
      projectDir: dir,
      storeDir: join(dir, ".pm/store.git"),
      workDir: tempDir(),
    });
    const [task] = (await engine.agentSteps(sessionId)).tasks;
    expect((await store.snapshot()).tree).toBe(task?.base);
    expect(existsSync(join(dir, "kept.log"))).toBe(true);
  });

  it("J2 has the user's installed dependencies as copies", async () => {
    const { project, engine, run } = setUp(HONEST);
    writeFiles(project, { "node_modules/dep/index.js": "module.exports = 1;\n" });
    chmodSync(join(project, "node_modules/dep/index.js"), 0o755);
    const { session_id: sessionId } = await run();
    const dir = join(tempDir(), "restored");
    await engine.restoreProject({ sessionId, taskId: "task-1", dir });
    const copy = join(dir, "node_modules/dep/index.js");
    expect(readFileSync(copy, "utf8")).toContain("1");
    writeFileSync(copy, "altered");
    expect(readFileSync(join(project, "node_modules/dep/index.js"), "utf8")).toContain("1");
    expect(readdirSync(dir).sort()).toEqual([
      ".claude",
      ".git",
      ".gitignore",
      "node_modules",
      "package.json",
      "src",
      "test",
    ]);
  });

  it("B2 is E523 for a task that never began", async () => {
    const { project, engine } = setUp(HONEST);
    const { session_id: sessionId } = await engine.start({ project, tasks: [] });
    const restored = engine.restoreProject({ sessionId, taskId: "task-1", dir: join(tempDir(), "p") });
    await expect(restored).rejects.toMatchObject({ code: "E523" });
  });
});
