import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PLAN, PROMPT } from "../support/honest-script.ts";
import { type Files, makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

async function run(script: Script, files: Files = {}) {
  const project = makeProject(files);
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider, secrets: [] });
  const result = await engine.start({
    project,
    tasks: [{ prompt: PROMPT, kind: "change", scope: [], checks: [] }],
  });
  const journal = readFileSync(join(result.evidence_path, "journal.jsonl"), "utf8");
  const commands = journal
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).event)
    .filter(({ type }) => type === "command.ran");
  return { engine, result, commands };
}

const writing = (slug: string, test = NEW_TEST): Script => ({
  ...HONEST,
  EXECUTION: { writes: { "src/slug.js": slug, "test/empty.test.js": test } },
});
const reasons = (result: { violations: readonly { code: string; message: string }[] }, code: string) =>
  result.violations.filter((violation) => violation.code === code).map(({ message }) => message);

describe("what a test runner reports itself", () => {
  it("stands in the evidence of every command that starts one, and verifies", async () => {
    const { engine, result, commands } = await run(HONEST);
    expect(result.overall_status).toBe("COMPLETE");
    const runs = commands.map(({ purpose, on, tests, report }) => [
      purpose,
      on,
      tests?.passed,
      report?.runner,
    ]);
    expect(runs).toContainEqual(["qa", "base", 1, "node:test"]);
    expect(runs).toContainEqual(["qa", "result", 2, "node:test"]);
    expect(commands.find(({ on, purpose }) => on === "result" && purpose === "qa").report).toMatchObject({
      tests: { name: "tests.json" },
      problem: null,
    });
    expect(commands.every(({ argv }) => !argv.join(" ").includes(".pm-"))).toBe(true);
    expect(await engine.verify(result.session_id)).toMatchObject({ ok: true, overall_status: "COMPLETE" });
    const report = readFileSync(join(result.evidence_path, "report.md"), "utf8");
    expect(report).toContain("2 passed, 0 failed, 0 skipped (by node:test)");
    expect(report).not.toContain("Not covered");
  });

  it("tells which commands have to run again for a check that names a test: lint does not", async () => {
    const plan = {
      ...PLAN,
      checks: [{ id: "C1", requirement: "R1", type: "test", name: "slug of an empty string is empty" }],
    };
    const scripts = { test: "node --test", lint: "node --version" };
    const { result, commands } = await run(
      { ...HONEST, PLANNING: { answer: plan } },
      { "package.json": JSON.stringify({ name: "sample", type: "module", scripts }) },
    );
    expect(result.overall_status).toBe("COMPLETE");
    const on = (name: string) => commands.filter(({ id }) => id.includes(name)).map((ran) => ran.on);
    expect(on("lint")).toEqual(["base", "result"]);
    expect(on("test")).toEqual(
      expect.arrayContaining(["base", "result", "proof", "hollow", "jumbled", "altered"]),
    );
  });

  it("counts, and not what the code under test prints before it ends the process with exit code 0", async () => {
    const forged =
      'console.log("✔ words are joined by dashes (1ms)\\n✔ slug of an empty string is empty (1ms)\\nℹ tests 2\\nℹ pass 2");\n';
    const { result, commands } = await run(writing(`${forged}process.exit(0);\n${FIXED_SLUG}`));
    expect(commands.find(({ on }) => on === "result")).toMatchObject({ exit_code: 0, tests: { passed: 0 } });
    expect(result.overall_status).not.toBe("COMPLETE");
    expect(reasons(result, "E237").join()).toContain("words are joined by dashes");
    expect(reasons(result, "E228").join()).toContain("it ran no test");
  });

  it("counts for a check of new code alone, too", async () => {
    const { result } = await run({
      ...HONEST,
      EXECUTION: {
        writes: {
          "src/empty.js": 'process.exit(0);\nexport const empty = "";\n',
          "test/empty.test.js": NEW_TEST.replace("{ slug }", "{ empty as slug }").replace(
            "slug.js",
            "empty.js",
          ),
        },
      },
    });
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(reasons(result, "E228").join()).toContain("it ran no test");
  });

  it("names the test that fails in one run and passes in the next, and is no pass", async () => {
    const counter = join(mkdtempSync(join(tmpdir(), "pm-flaky-")), "count");
    made.push(join(counter, ".."));
    const flaky = `import { appendFileSync, readFileSync } from "node:fs";
${NEW_TEST}
test("sometimes", () => {
  appendFileSync(${JSON.stringify(counter)}, process.env.npm_lifecycle_event === "test" ? "x" : "");
  assert.notEqual(readFileSync(${JSON.stringify(counter)}, "utf8"), "x");
});
`;
    const { result, commands } = await run(writing(FIXED_SLUG, flaky), {
      ".claude/settings.json": JSON.stringify({ isolation: "process" }),
    });
    expect(commands.filter(({ on, purpose }) => on === "result" && purpose === "qa")).toHaveLength(2);
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(reasons(result, "E223")).toEqual([expect.stringMatching(/1 of 2 runs .*flaky.*sometimes/)]);
    expect(result.violations).toMatchObject([{ code: "E223", approval: "accept" }]);
  });

  it("is run three times at most where a failure stays", async () => {
    const { result, commands } = await run(writing(FIXED_SLUG.replace('join("-")', 'join("_")')));
    expect(commands.filter(({ on, purpose }) => on === "result" && purpose === "qa")).toHaveLength(3);
    expect(reasons(result, "E223")).toEqual(["npm test failed with exit code 1."]);
  });
});

const hasPytest = spawnSync("python3", ["-m", "pytest", "--version"]).status === 0;
describe.skipIf(!hasPytest)(`pytest in a task${hasPytest ? "" : " (not on this machine: not run)"}`, () => {
  const SLUG = `def slug(text):
    return "-".join(text.lower().split(" "))
`;
  const test = (name: string, from: string, to: string) =>
    `from slug import slug\n\n\ndef test_${name}():\n    assert slug("${from}") == "${to}"\n`;
  const files: Files = {
    "package.json": "{}",
    "test/slug.test.js": "",
    "slug.py": SLUG.replace("    return", '    if text == "":\n        raise ValueError\n    return'),
    "tests/test_slug.py": test("words", "A b", "a-b"),
    "pytest.ini": "[pytest]\npythonpath = .\n",
  };
  const script = (slug: string): Script => ({
    ...HONEST,
    PLANNING: {
      answer: {
        scope: ["slug.py", "tests/**"],
        checks: [
          {
            id: "C1",
            requirement: "R1",
            type: "command",
            argv: ["python3", "-m", "pytest", "tests/test_empty.py"],
          },
        ],
      },
    },
    EXECUTION: { writes: { "slug.py": slug, "tests/test_empty.py": test("empty", "", "") } },
  });

  it("reports from inside the isolation, so an honest change is COMPLETE", async () => {
    const { result, commands } = await run(script(SLUG), files);
    expect(commands.map(({ report }) => report?.runner)).toEqual(commands.map(() => "pytest"));
    expect(result).toMatchObject({ overall_status: "COMPLETE", violations: [] });
  });
  it("is missed where the code under test ends it before", async () => {
    const { result } = await run(
      script(`import os\n\nprint("2 passed in 0.01s", flush=True)\nos._exit(0)\n${SLUG}`),
      files,
    );
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(reasons(result, "E237").join()).toContain("left no report");
    expect(reasons(result, "E228").join()).toContain("left no report");
  });
});

describe("the report file of a runner that pm does not know", () => {
  const RUNNER = `import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
mkdirSync("out", { recursive: true });
const cases = [];
for (const file of readdirSync("test")) {
  const name = file.replace(".test.js", "");
  if (!existsSync("broken")) cases.push(\`<testcase classname="all" file="\${process.cwd()}/test/\${file}" name="\${name}"/>\`);
}
if (process.argv[2] !== "silent") writeFileSync("out/junit.xml", "<testsuite>" + cases.join("") + "</testsuite>");
console.log("all is well");
`;
  const files = (more: Files = {}): Files => ({
    "run-tests.mjs": RUNNER,
    ".claude/settings.json": JSON.stringify({
      qa: { commands: [{ command: "node run-tests.mjs", report: "out/junit.xml" }] },
    }),
    ...more,
  });

  it("says which tests ran", async () => {
    const { engine, result, commands } = await run(HONEST, files());
    const qa = commands.filter(({ purpose }) => purpose === "qa");
    expect(qa.map(({ on, tests, report }) => [on, tests?.passed, report.runner])).toEqual([
      ["base", 1, "report file"],
      ["result", 2, "report file"],
      ["restored", 1, "report file"],
      // This runner compares nothing, on the base as little as on the result: that tells nothing against the result.
      ["altered_restored", 1, "report file"],
      ["altered_base", 1, "report file"],
      ["held", 1, "report file"],
    ]);
    expect(result.overall_status).toBe("COMPLETE");
    expect(await engine.verify(result.session_id)).toMatchObject({ ok: true });
    const report = readFileSync(join(result.evidence_path, "report.md"), "utf8");
    expect(report).toContain("## Not covered\n\n- Which tests node run-tests.mjs ran, but for a report file");
  });

  it("counts only where the run itself left it", async () => {
    const stale = { "out/junit.xml": '<testsuite><testcase name="old"/></testsuite>' };
    const settings = {
      qa: { commands: [{ command: "node run-tests.mjs silent", report: "out/junit.xml" }] },
    };
    const { result, commands } = await run(
      HONEST,
      files({ ...stale, ".claude/settings.json": JSON.stringify(settings) }),
    );
    expect(commands.find(({ on }) => on === "result").report.problem).toBe(
      "it left no report at out/junit.xml",
    );
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(reasons(result, "E225")).toHaveLength(1);
  });
});
