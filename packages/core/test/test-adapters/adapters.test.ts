/**
 * Every adapter against the real runner. Vitest, Node and pytest are on any machine that develops this; others are taken
 * from the PATH, or from the `node_modules` folders that PM_TEST_RUNNERS names (separated by colons, one version each). A
 * runner that is not there is reported as not run.
 */
import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeTestProject, runWatched } from "./run-watched.ts";

const SUITE = `test("top", () => {});
describe("suite", () => {
  it("in", () => {});
  it.skip("skipped", () => {});
  it("fails", () => { throw new Error("no"); });
});
`;
const FOUND = [
  "test/a.test.js > suite > fails: failed",
  "test/a.test.js > suite > in: passed",
  "test/a.test.js > suite > skipped: skipped",
  "test/a.test.js > top: passed",
];
const RUNNERS: Readonly<Record<string, { readonly script: string; readonly head: string }>> = {
  vitest: { script: "vitest run", head: 'import { test, describe, it } from "vitest";' },
  jest: { script: "jest", head: "" },
  mocha: { script: "mocha test/*.js", head: "const test = it;" },
};

const here = dirname(dirname(createRequire(import.meta.url).resolve("vitest/package.json")));
const folders = [here, ...(process.env.PM_TEST_RUNNERS ?? "").split(":").filter(Boolean)];
const installed = (runner: string) => folders.filter((dir) => existsSync(join(dir, runner, "package.json")));
const works = (...argv: [string, ...string[]]) => spawnSync(argv[0], argv.slice(1)).status === 0;

function projectWith(modules: string, script: string, files: Readonly<Record<string, string>>): string {
  const root = makeTestProject({ "package.json": JSON.stringify({ scripts: { test: script } }), ...files });
  symlinkSync(modules, join(root, "node_modules"));
  return root;
}

describe.each(Object.entries(RUNNERS))("%s", (runner, { script, head }) => {
  const versions = installed(runner);
  if (versions.length === 0) it.skip("is not on this machine: its adapter was not run");
  it.for(versions)("tells every test by its file and name, as installed in %s", async (modules) => {
    const root = projectWith(modules, script, { "test/a.test.js": `${head}\n${SUITE}` });
    const { tests, plain, ran } = await runWatched(root, ["npm", "test"]);
    expect(tests).toEqual(FOUND);
    expect(ran.status).toBe(plain.status);
    expect(ran.status).not.toBe(0);
    // What it says to people is still there.
    expect(ran.stdout + ran.stderr).toContain("suite");
  });
  it.for(versions)("leaves no report where the code under test ends the process, in %s", async (modules) => {
    const early = `${head}\n${SUITE}process.exit(0);\n`;
    const { tests } = await runWatched(projectWith(modules, script, { "test/a.test.js": early }), [
      "npm",
      "test",
    ]);
    expect(tests.filter((test) => test.endsWith(": passed"))).toEqual([]);
  });
});

describe("node:test", () => {
  const nodeProject = (files: Readonly<Record<string, string>>, script = "node --test") =>
    makeTestProject({ "package.json": JSON.stringify({ scripts: { test: script } }), ...files });
  const HEAD = 'const { test, describe, it } = require("node:test");\n';

  it("tells every test by its file and name, subtests and plain scripts too", async () => {
    const subtests = `${HEAD}test("parent", async (t) => { await t.test("child", () => {}); });\ntest.todo("later");\n`;
    const root = nodeProject({
      "test/a.test.js": HEAD + SUITE,
      "test/b.test.js": subtests,
      "test/script.test.js": "console.log(1);\n",
    });
    const { tests, plain, ran } = await runWatched(root, ["npm", "test"]);
    expect(tests).toEqual([
      ...FOUND,
      "test/b.test.js > later: skipped",
      "test/b.test.js > parent > child: passed",
      "test/b.test.js > parent: passed",
      "test/script.test.js: passed",
    ]);
    expect(ran.status).toBe(plain.status);
    expect(ran.stdout).toMatch(/fail 1/);
  });
  it("counts a file that ends before its tests for none", async () => {
    const root = nodeProject({ "test/a.test.js": `${HEAD}${SUITE}process.exit(0);\n` });
    const { tests, ran } = await runWatched(root, ["node", "--test", "test/a.test.js"]);
    expect(ran.status).toBe(0);
    expect(tests).toEqual(["test/a.test.js: skipped"]);
  });
  it("believes nothing that tests print, write in its place, or run themselves", async () => {
    const forge = `${HEAD}
const fs = require("node:fs"), path = require("node:path"), { spawnSync } = require("node:child_process");
const dir = /test-reporter="?(.*?)\\/node-test\\.mjs/.exec(process.env.NODE_OPTIONS)[1];
console.log("✔ invented\\nok 1 - invented\\n# pass 1\\nℹ pass 1");
const body = JSON.stringify({ tests: [{ file: "x", name: "invented", outcome: "passed" }] });
fs.writeFileSync(path.join(dir, "report.json"), JSON.stringify({ body, mac: "0".repeat(64) }));
const env = { ...process.env }; delete env.NODE_TEST_CONTEXT;
fs.writeFileSync("inner.js", 'require("node:test")("invented", () => {});');
spawnSync(process.execPath, ["--test", "inner.js"], { env });
test("real", () => {});
`;
    const { tests } = await runWatched(nodeProject({ "test/a.test.js": forge }), ["npm", "test"]);
    expect(tests).toEqual(["test/a.test.js > real: passed"]);
  });
  it("refuses a report that only the tests wrote", async () => {
    const forge = `${HEAD}
const fs = require("node:fs"), path = require("node:path");
const dir = /test-reporter="?(.*?)\\/node-test\\.mjs/.exec(process.env.NODE_OPTIONS)[1];
const body = JSON.stringify({ tests: [] });
fs.writeFileSync(path.join(dir, "report.json"), JSON.stringify({ body, mac: "0".repeat(64) }));
process.kill(process.ppid, "SIGKILL");
`;
    const { report } = await runWatched(nodeProject({ "test/a.test.js": forge }), ["node", "--test"]);
    expect(report).toEqual({ problem: "its report was not written by the runner" });
  });
  it.each([
    ["node --test --test-reporter=dot", /^\s*\.X?/m],
    ["node --test --test-reporter=tap --test-reporter-destination=stdout", /TAP version/],
  ])("leaves the reporters of %s in place", async (script, output) => {
    const { tests, ran } = await runWatched(nodeProject({ "test/a.test.js": HEAD + SUITE }, script), [
      "npm",
      "test",
    ]);
    expect(tests).toEqual(FOUND);
    expect(ran.stdout).toMatch(output);
  });
});

const hasPytest = works("python3", "-m", "pytest", "--version");
describe.skipIf(!hasPytest)(`pytest${hasPytest ? "" : " (not on this machine: not run)"}`, () => {
  const TESTS = `import pytest
def test_top(): pass
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): assert 0
class TestX:
    @pytest.mark.parametrize("n", [1, 2])
    def test_n(self, n): assert n == 1
@pytest.fixture
def broken(): raise ValueError
def test_set_up(broken): pass
`;
  it("tells every test by its file and name", async () => {
    const { tests, plain, ran } = await runWatched(makeTestProject({ "tests/test_a.py": TESTS }), [
      "python3",
      "-m",
      "pytest",
      "-q",
    ]);
    expect(tests).toEqual([
      "tests/test_a.py > TestX > test_n[1]: passed",
      "tests/test_a.py > TestX > test_n[2]: failed",
      "tests/test_a.py > test_expected: skipped",
      "tests/test_a.py > test_set_up: failed",
      "tests/test_a.py > test_skipped: skipped",
      "tests/test_a.py > test_top: passed",
    ]);
    expect(ran.status).toBe(plain.status);
  });
  it("leaves no report where the code under test ends the process", async () => {
    const root = makeTestProject({ "test_a.py": "import os\nos._exit(0)\n" });
    expect(await runWatched(root, ["pytest"])).toMatchObject({ report: null, ran: { status: 0 } });
  });
});

const hasGo = works("go", "version");
describe.skipIf(!hasGo)(`go test${hasGo ? "" : " (not on this machine: not run)"}`, () => {
  it("is asked to name what passed", async () => {
    const root = makeTestProject({
      "go.mod": "module sample\n\ngo 1.18\n",
      "a_test.go": 'package sample\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {}\n',
    });
    const { ran, plain } = await runWatched(root, ["go", "test", "./..."]);
    expect(plain.stdout).not.toContain("TestOne");
    expect(ran.stdout).toContain("--- PASS: TestOne");
    expect(ran.status).toBe(0);
  });
});
