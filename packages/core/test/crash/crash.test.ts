import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { buildScript } from "../support/build-script.ts";
import { FIXED_SLUG, HONEST } from "../support/honest-script.ts";
import { makeProject, SAMPLE_FILES } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

const dir = mkdtempSync(join(tmpdir(), "pm-crash-"));
const child = join(dir, "crash-child.mjs");
const made: string[] = [];

beforeAll(async () => {
  await buildScript(new URL("./crash-child.ts", import.meta.url), dir);
});
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the child; `killed` says whether it died as asked. */
function run(project: string, home: string, mode: string, killAt: string, sessionId = "") {
  const ended = spawnSync(process.execPath, [child, project, home, mode, killAt, sessionId], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return {
    killed: ended.signal === "SIGKILL",
    result: ended.stdout ? JSON.parse(ended.stdout) : null,
    stderr: ended.stderr,
  };
}

function setUp() {
  const project = makeProject();
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const engine = createEngine({ home, version: "0.0.0", providers: () => createScriptedProvider(HONEST) });
  const sessionId = () => readdirSync(join(project, ".pm/sessions"))[0] ?? "";
  return { project, home, engine, sessionId };
}

/** Untouched or fully changed, never in between. */
function expectWhole(project: string): "untouched" | "changed" {
  const source = readFileSync(join(project, "src/slug.js"), "utf8");
  const status = execFileSync("git", ["status", "--porcelain"], { cwd: project, encoding: "utf8" });
  if (source === SAMPLE_FILES["src/slug.js"]) {
    expect(status).toBe("");
    return "untouched";
  }
  expect(source).toBe(FIXED_SLUG);
  expect(status).toContain("test/empty.test.js");
  return "changed";
}

const RESUMES_BY_ITSELF = [
  "task.submitted:",
  "snapshot.taken:",
  "phase.started:REQUIREMENT_ANALYSIS",
  "run.ended:REQUIREMENT_ANALYSIS",
  "phase.passed:REQUIREMENT_ANALYSIS",
  "phase.passed:TASK_DECOMPOSITION",
  "command.ran:base",
  "phase.passed:PLANNING",
  "phase.started:EXECUTION",
  "result.captured:EXECUTION",
  "phase.passed:EXECUTION",
  "phase.started:QA",
  "command.ran:result",
  "phase.passed:QA",
  "gates.evaluated:",
  "phase.passed:COMPLETION_VALIDATION",
  "landing.started:",
  "delay:0",
  "delay:3",
  "landing.finished:",
  "phase.started:REPORT",
  "report.written:",
];

describe("kill -9 of pm", () => {
  it.each(RESUMES_BY_ITSELF)("at %s leaves a session that continues to COMPLETE", async (killAt) => {
    const { project, home, engine, sessionId } = setUp();
    const first = run(project, home, "start", killAt);
    if (!killAt.startsWith("delay:")) expect(first.killed, first.stderr).toBe(true);
    if (!killAt.startsWith("landing") && !killAt.startsWith("delay")) expectWhole(project);
    if (first.killed && (await engine.status(sessionId())).overall_status !== "COMPLETE") {
      await engine.continueSession({ sessionId: sessionId() });
    }
    expect(await engine.status(sessionId())).toMatchObject({ overall_status: "COMPLETE" });
    expect(expectWhole(project)).toBe("changed");
    await expect(engine.verify(sessionId())).resolves.toMatchObject({ ok: true, problems: [] });
  });

  it("in the middle of a landing is put right by the next start, of whatever session", async () => {
    const { project, home, engine, sessionId } = setUp();
    const first = run(project, home, "start", "landing.started:");
    expect(first.killed, first.stderr).toBe(true);
    const killed = sessionId();
    await engine.start({
      project,
      tasks: [{ prompt: "Look again.", kind: "change", scope: [], checks: [] }],
    });
    expect(expectWhole(project)).toBe("changed");
    await engine.continueSession({ sessionId: killed });
    expect(await engine.status(killed)).toMatchObject({ overall_status: "COMPLETE" });
    await expect(engine.verify(killed)).resolves.toMatchObject({ ok: true, problems: [] });
  });

  it.each(["run.started:EXECUTION", "run:EXECUTION"])(
    "at %s never runs the agent again without an approval, and leaves no process",
    async (killAt) => {
      const { project, home, engine, sessionId } = setUp();
      expect(run(project, home, "start", killAt).killed).toBe(true);
      expect(expectWhole(project)).toBe("untouched");
      const id = sessionId();
      expect(await engine.status(id)).toMatchObject({
        overall_status: "INCOMPLETE",
        next_action: `pm approve ${id}`,
      });
      await expect(engine.continueSession({ sessionId: id })).rejects.toMatchObject({ code: "E205" });
      const resumed = run(project, home, "approve", "", id);
      expect(resumed.result, resumed.stderr).toMatchObject({ overall_status: "COMPLETE" });
      expect(expectWhole(project)).toBe("changed");
      await expect(engine.verify(id)).resolves.toMatchObject({ ok: true });
      expect(sleepers()).toEqual([]);
    },
  );
});

function sleepers(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8") === "sleep\u0000300\u0000";
    } catch {
      return false;
    }
  });
}
