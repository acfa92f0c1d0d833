import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { Engine, TaskInput } from "../../src/runner/engine.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PLAN, PROMPT, REQUIREMENTS } from "../support/honest-script.ts";
import { type Files, makeProject, writeFiles } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const TASK: TaskInput = { prompt: PROMPT, kind: "change", scope: [], checks: [] };

function setUp(script: Script, files: Files = {}) {
  const project = makeProject(files);
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine: Engine = createEngine({
    home,
    version: "0.0.0",
    providers: () => provider,
    secrets: ["sk-canary-123456"],
  });
  const run = (task: Partial<TaskInput> = {}) => engine.start({ project, tasks: [{ ...TASK, ...task }] });
  return { project, provider, engine, run };
}

/** A file's text, whether stored as it is or as gzip. */
function unpacked(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

const codes = (result: { violations: readonly { code: string }[] }) =>
  result.violations.map(({ code }) => code);

describe("the engine", () => {
  it("brings an honest change to COMPLETE and into the working tree, with evidence that verifies", async () => {
    const { project, engine, run } = setUp(HONEST);
    const result = await run();
    expect(result).toMatchObject({ overall_status: "COMPLETE", next_action: null, violations: [] });
    expect(result.tasks).toMatchObject([
      { status: "COMPLETE", landed: true, files_changed: ["src/slug.js", "test/empty.test.js"], cost_usd: 2 },
    ]);
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
    execFileSync("node", ["--test"], { cwd: project, stdio: "pipe", env: { PATH: process.env.PATH } });
    expect(existsSync(join(project, ".pm/work"))).toBe(true);
    await expect(engine.verify(result.session_id)).resolves.toMatchObject({
      ok: true,
      problems: [],
      overall_status: "COMPLETE",
    });
    expect(await engine.status(result.session_id)).toEqual(result);
  });

  it("does the same with process isolation, and says so", async () => {
    const { engine, run } = setUp(HONEST, { ".claude/settings.json": '{"isolation":"process"}' });
    const result = await run();
    expect(result.tasks).toMatchObject([{ status: "COMPLETE", landed: true, isolation: "process" }]);
    await expect(engine.verify(result.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("merges nothing that appeared in the project while an agent ran without a sandbox: it may be the agent's", async () => {
    const { project, run } = setUp(
      {
        ...HONEST,
        EXECUTION: {
          ...(HONEST.EXECUTION as object),
          before: () => writeFiles(project, { "src/other.js": "export const whose = 1;\n" }),
        },
      },
      { ".claude/settings.json": '{"isolation":"process"}' },
    );
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(result.violations).toMatchObject([{ code: "E231", paths: ["src/other.js"], approval: "rerun" }]);
  });

  it("works on a project without git", async () => {
    const { project, run } = setUp(HONEST);
    rmSync(join(project, ".git"), { recursive: true });
    expect((await run()).overall_status).toBe("COMPLETE");
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
  });

  it("gives every prompt its phase as the first line", async () => {
    const { provider, run } = setUp(HONEST);
    await run();
    expect(provider.requests.map((request) => request.prompt.split("\n")[0])).toEqual([
      "Phase: REQUIREMENT_ANALYSIS",
      "Phase: TASK_DECOMPOSITION",
      "Phase: PLANNING",
      "Phase: EXECUTION",
    ]);
  });

  it("ends NO_EVIDENCE where the agent says done and changed nothing", async () => {
    const { run } = setUp({ ...HONEST, EXECUTION: { record: { tool_calls: 1 } } });
    const result = await run();
    expect(result.overall_status).toBe("NO_EVIDENCE");
    expect(codes(result)).toContain("E218");
  });

  it("does not count a check that passes on the base already", async () => {
    const plan = { ...PLAN, checks: [{ ...PLAN.checks[0], argv: ["true"] }] };
    const { project, run } = setUp({ ...HONEST, PLANNING: { answer: plan } });
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toContain("E228");
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).not.toBe(FIXED_SLUG);
  });

  it("does not count a new test that passes on the base sources too", async () => {
    const tautology = NEW_TEST.replace('assert.equal(slug(""), "")', "assert.ok(true)");
    const { run } = setUp({
      ...HONEST,
      EXECUTION: {
        writes: {
          "src/slug.js": `${FIXED_SLUG}\n// done\nexport const x = 1;\n`,
          "test/empty.test.js": tautology,
        },
      },
    });
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toContain("E228");
  });

  it("does not count a test by name that passes on the base sources too", async () => {
    const name = "slug of an empty string is empty";
    const plan = { ...PLAN, checks: [{ id: "C1", requirement: "R1", type: "test", name }] };
    const tautology = NEW_TEST.replace('assert.equal(slug(""), "")', "assert.ok(true)");
    const cheat = setUp({
      ...HONEST,
      PLANNING: { answer: plan },
      EXECUTION: {
        writes: { "src/slug.js": `${FIXED_SLUG}export const x = 1;\n`, "test/empty.test.js": tautology },
      },
    });
    const result = await cheat.run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toContain("E228");
    const honest = setUp({ ...HONEST, PLANNING: { answer: plan } });
    expect((await honest.run()).overall_status).toBe("COMPLETE");
  });

  it("does not count a script that agents wrote and that passes by itself", async () => {
    const plan = { ...PLAN, checks: [{ ...PLAN.checks[0], argv: ["node", "./check.mjs"] }], scope: ["**"] };
    const { run } = setUp({
      ...HONEST,
      PLANNING: { answer: plan },
      EXECUTION: { writes: { "src/slug.js": FIXED_SLUG, "check.mjs": "process.exit(0);\n" } },
    });
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toContain("E228");
  });

  it("does not count a new test that only wants a new stub to be there", async () => {
    const stub = "export function emptySlug() {\n  return 1;\n}\n";
    const test =
      'import { emptySlug } from "../src/empty.js";\nimport { test } from "node:test";\ntest("it is there", () => void emptySlug());\n';
    const { run } = setUp({
      ...HONEST,
      EXECUTION: { writes: { "src/empty.js": stub, "test/empty.test.js": test } },
    });
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toEqual(["E228"]);
    expect(result.violations[0]?.message).toContain("without the bodies");
  });

  it("ends ERROR where the agent failed, whatever it left behind", async () => {
    const { run } = setUp({
      ...HONEST,
      EXECUTION: { writes: { "src/slug.js": FIXED_SLUG }, record: { is_error: true, exit_code: 0 } },
    });
    expect((await run()).overall_status).toBe("ERROR");
  });

  it("ends INVALID where a process of the agent outlived it, and kills that process", async () => {
    const { run } = setUp({
      ...HONEST,
      EXECUTION: {
        ...(HONEST.EXECUTION as object),
        argv: ["sh", "-c", "setsid nohup sleep 5432 >/dev/null 2>&1 &"],
      },
    });
    const result = await run();
    expect(result.overall_status).toBe("INVALID");
    expect(codes(result)).toContain("E306");
    expect(result.next_action).toBe(`pm verify ${result.session_id}`);
  });

  it("asks once more for an answer that is not valid, then gives up", async () => {
    const asks: number[] = [];
    const { run } = setUp({
      ...HONEST,
      REQUIREMENT_ANALYSIS: (request) => {
        asks.push(request.attempt);
        return { answer: request.attempt === 1 ? { kind: "change" } : REQUIREMENTS };
      },
    });
    expect((await run()).overall_status).toBe("COMPLETE");
    expect(asks).toEqual([1, 2]);
    const hopeless = setUp({ ...HONEST, REQUIREMENT_ANALYSIS: { answer: "no" } });
    const result = await hopeless.run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toEqual(["E217"]);
    expect(hopeless.provider.requests).toHaveLength(2);
  });

  it("reruns only from where the approval says, with what stood against the result as input", async () => {
    let good = false;
    const { engine, provider, run } = setUp({
      ...HONEST,
      EXECUTION: () => ({
        writes: {
          "src/slug.js": good ? FIXED_SLUG : "export const slug = () => 1;\n",
          "test/empty.test.js": NEW_TEST,
        },
      }),
    });
    const first = await run();
    expect(first.overall_status).toBe("INCOMPLETE");
    expect(codes(first)).toContain("E223");
    expect(first.next_action).toBe(`pm approve ${first.session_id}`);
    await expect(engine.continueSession({ sessionId: first.session_id })).rejects.toMatchObject({
      code: "E205",
    });
    const view = await engine.approvalView(first.session_id);
    expect(view.effect).toBe("rerun");
    await expect(engine.approve({ sessionId: first.session_id, digest: "0" })).rejects.toMatchObject({
      code: "E208",
    });
    await engine.approve({ sessionId: first.session_id, digest: view.digest, note: "mind the empty string" });
    good = true;
    const second = await engine.continueSession({ sessionId: first.session_id });
    expect(second.overall_status).toBe("COMPLETE");
    expect(provider.requests.filter((request) => request.phase === "PLANNING")).toHaveLength(1);
    expect(provider.requests.at(-1)?.prompt).toContain("mind the empty string");
    await expect(engine.verify(first.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("lands an accepted result without running an agent again, and refuses to continue what is finished", async () => {
    const { engine, project, provider, run } = setUp({
      ...HONEST,
      EXECUTION: {
        writes: { "src/slug.js": FIXED_SLUG, "test/empty.test.js": NEW_TEST, "docs/note.md": "x\n" },
      },
    });
    const first = await run();
    expect(codes(first)).toEqual(["E221"]);
    const view = await engine.approvalView(first.session_id);
    expect(view.effect).toBe("accept");
    await engine.approve({ sessionId: first.session_id, digest: view.digest });
    const before = provider.requests.length;
    const second = await engine.continueSession({ sessionId: first.session_id });
    expect(second.overall_status).toBe("COMPLETE");
    expect(provider.requests).toHaveLength(before);
    expect(existsSync(join(project, "docs/note.md"))).toBe(true);
    await expect(engine.continueSession({ sessionId: first.session_id })).rejects.toMatchObject({
      code: "E204",
    });
  });

  it("merges what the user changed meanwhile and runs QA on the merged tree", async () => {
    const { engine, project, run } = setUp({
      ...HONEST,
      EXECUTION: {
        ...(HONEST.EXECUTION as object),
        before: () => writeFiles(project, { "src/other.js": "export const mine = 1;\n" }),
      },
    });
    const result = await run();
    expect(result.overall_status).toBe("COMPLETE");
    expect(readFileSync(join(project, "src/other.js"), "utf8")).toBe("export const mine = 1;\n");
    expect((await engine.logs(result.session_id)).some((entry) => entry.line.includes("merged"))).toBe(true);
    await expect(engine.verify(result.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("keeps the user's file where both changed the same lines, and says so", async () => {
    const mine = 'export const slug = (text) => text + "mine";\n';
    const { project, run } = setUp({
      ...HONEST,
      EXECUTION: {
        ...(HONEST.EXECUTION as object),
        before: () => writeFiles(project, { "src/slug.js": mine }),
      },
    });
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toEqual(["E231"]);
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(mine);
  });

  it("takes an answer as evidence, and only a person's acceptance makes it COMPLETE", async () => {
    const answer = { kind: "answer", requirements: REQUIREMENTS.requirements, answer: "It throws." };
    const { engine, run } = setUp({ ...HONEST, REQUIREMENT_ANALYSIS: { answer } });
    const result = await run({ kind: "answer" });
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(codes(result)).toEqual(["E219"]);
    expect(await engine.artifact(result.session_id, "answer")).toBe("It throws.");
    const view = await engine.approvalView(result.session_id);
    await engine.approve({ sessionId: result.session_id, digest: view.digest });
    const accepted = await engine.continueSession({ sessionId: result.session_id });
    expect(accepted.overall_status).toBe("COMPLETE");
  });

  it("opens a session without a task, and continues it with one", async () => {
    const { engine, project } = setUp(HONEST);
    const opened = await engine.start({ project, tasks: [] });
    expect(opened).toMatchObject({ overall_status: "INCOMPLETE", tasks: [] });
    expect(opened.next_action).toMatch(/^pm continue session-/);
    const result = await engine.continueSession({ sessionId: opened.session_id, tasks: [TASK] });
    expect(result.overall_status).toBe("COMPLETE");
  });

  it("runs several tasks in order, each from what the last one landed", async () => {
    let nth = 0;
    const { engine, project, provider } = setUp({
      ...HONEST,
      EXECUTION: () => {
        nth += 1;
        return nth === 1
          ? { writes: { "src/slug.js": FIXED_SLUG, "test/empty.test.js": NEW_TEST } }
          : {
              writes: {
                "src/slug.js": `${FIXED_SLUG}export const two = () => 2;\n`,
                "test/two.test.js": NEW_TEST.replace('slug(""), ""', "two(), 2").replace(
                  "{ slug }",
                  "{ two }",
                ),
              },
            };
      },
      PLANNING: () => ({
        answer:
          nth === 0
            ? PLAN
            : { ...PLAN, checks: [{ ...PLAN.checks[0], argv: ["node", "--test", "test/two.test.js"] }] },
      }),
    });
    const result = await engine.start({ project, tasks: [TASK, TASK] });
    expect(result.tasks.map((task) => task.status)).toEqual(["COMPLETE", "COMPLETE"]);
    expect(provider.requests).toHaveLength(8);
    await expect(engine.verify(result.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("repairs a failed QA by itself exactly as often as qa.repair_attempts allows", async () => {
    let nth = 0;
    const { run, provider } = setUp(
      {
        ...HONEST,
        EXECUTION: () => {
          nth += 1;
          return {
            writes: {
              "src/slug.js": nth > 2 ? FIXED_SLUG : "export const slug = () => 1;\n",
              "test/empty.test.js": NEW_TEST,
            },
          };
        },
      },
      { ".claude/settings.json": '{"qa":{"repair_attempts":1}}' },
    );
    const result = await run();
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(provider.requests.filter((request) => request.phase === "EXECUTION")).toHaveLength(2);
  });

  it("keeps a known secret out of every file of the evidence", async () => {
    const { run } = setUp({
      ...HONEST,
      EXECUTION: { ...(HONEST.EXECUTION as object), argv: ["sh", "-c", "echo sk-canary-123456 >&2"] },
    });
    const result = await run({ prompt: `${PROMPT} Key sk-canary-123456.` });
    const files = readdirSync(result.evidence_path, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    const found = files.filter((file) =>
      unpacked(join(file.parentPath, file.name)).includes("sk-canary-123456"),
    );
    expect(files.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it("refuses an empty task and an unknown session", async () => {
    const { engine, run } = setUp(HONEST);
    await expect(run({ prompt: "  " })).rejects.toMatchObject({ code: "E209" });
    await expect(engine.status("session-nope")).rejects.toMatchObject({ code: "E203" });
    await expect(engine.status("../../etc")).rejects.toMatchObject({ code: "E202" });
  });
});
