import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { HELD_FILES, heldWorld } from "../../src/test-adapters/held-world.ts";
import { makeTestProject } from "./run-watched.ts";

/** Runs a command that has to hold its world. @returns how it ended, and what says that it held. */
function runHeld(root: string, argv: readonly string[], env: Record<string, string> = {}) {
  // A space in the way, as in many a home folder.
  const dir = join(mkdtempSync(join(tmpdir(), "pm hold-")), "run");
  mkdirSync(dir);
  const world = heldWorld(dir, env);
  for (const [name, text] of Object.entries(world.files)) writeFileSync(join(dir, name), text);
  const [file = "", ...args] = argv;
  const { PATH } = process.env;
  const ran = spawnSync(file, args, { cwd: root, encoding: "utf8", env: { PATH, ...world.env } });
  return { ...ran, held: HELD_FILES.filter((name) => existsSync(join(dir, name))) };
}

const node = (source: string, env?: Record<string, string>) =>
  runHeld(makeTestProject({ "a.mjs": source }), [process.execPath, "a.mjs"], env);

describe("A process of Node that holds its world", () => {
  it.each([
    ["performance.now", "performance.now = () => 0;"],
    ["performance.now, defined anew", 'Object.defineProperty(performance, "now", { value: () => 0 });'],
    ["Date.now", "Date.now = () => 0;"],
    ["Date", "globalThis.Date = class extends Date {};"],
    ["a method of dates", "Date.prototype.getTime = () => 0;"],
    ["setTimeout", "globalThis.setTimeout = (done) => done();"],
    ["the high-resolution clock", "process.hrtime.bigint = () => 0n;"],
    ["process", "globalThis.process = { ...process };"],
    [
      "the clock of a module",
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("perf_hooks").performance = {};',
    ],
    ["an assertion", 'import assert from "node:assert"; assert.equal = () => {};'],
    ["a strict assertion", 'import assert from "node:assert/strict"; assert.deepEqual = () => {};'],
    ["Math.random", "Math.random = () => 0;"],
    ["JSON.stringify", 'JSON.stringify = () => "";'],
    ["what is deleted", "delete globalThis.setTimeout;"],
    ["how strings are searched", "Object.assign(String.prototype, { includes: () => true });"],
    ["how arrays are compared", "Array.prototype.every = () => true;"],
    ["how values are found", "Map.prototype.get = () => 1;"],
    ["what every object has", "Object.prototype.hasOwnProperty = () => true;"],
    ["how functions are called", "Function.prototype.call = () => true;"],
    ["how modules are loaded", 'import Module from "node:module"; Module._load = () => ({});'],
    [
      "what every module requires by",
      'import Module from "node:module"; Module.prototype.require = () => ({});',
    ],
    ["how source is loaded", 'import Module from "node:module"; Module._extensions[".js"] = () => {};'],
  ])("does not let code replace %s", (_, source) => {
    expect(node(source)).toMatchObject({ status: 1, held: ["held-node"] });
  });

  it("does not notice it where code tries and goes on", () => {
    const { status, stdout } = node(
      "try { performance.now = () => -1; } catch {} console.log(performance.now() > 0);",
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: "true\n" });
  });

  it("lets code add, inherit, and put back what was there", () => {
    const source = `
class Later extends Date { static kept = 1; }
Later.now = () => 5;
globalThis.own = 1;
Math.more = () => 2;
globalThis.setTimeout = setTimeout;
const copy = Object.create(performance); copy.now = () => 7;
if (Later.now() !== 5 || Math.more() !== 2 || copy.now() !== 7) throw new Error("not as before");
console.log(new Later(0).getTime(), Date.now() > 5, typeof performance.now(), await new Promise((r) => setTimeout(r, 1, "soon")));`;
    const { stdout, stderr, status } = node(source);
    expect({ stdout, stderr, status }).toEqual({ stdout: "0 true number soon\n", stderr: "", status: 0 });
  });

  it("lets objects, subclasses and later additions have methods of the same names", () => {
    const source = `
class Lower extends String { includes() { return "class"; } }
function Old() {}
Old.prototype.toString = () => "old";
Old.prototype.hasOwnProperty = () => "own";
const list = [];
list.push = () => "list";
const day = Object.assign(new Date(0), { getTime: () => "day" });
const act = () => {};
act.call = () => "act";
String.prototype.loud = function () { return this.toUpperCase(); };
Array.prototype.map = [].map;
const found = [new Lower("").includes(), String(new Old()), new Old().hasOwnProperty(), list.push(), day.getTime(), act.call()];
console.log(found.join(" "), list.length, Object.keys(list).join(), "a".loud(), [1].map(String), new Date(0).getTime());`;
    const { stdout, stderr } = node(source);
    expect({ stdout, stderr }).toEqual({
      stdout: "class old own list day act 0 push A [ '1' ] 0\n",
      stderr: "",
    });
  });

  it("says to libraries that look up built-ins what is behind them", () => {
    const source = `const { get } = Object.getOwnPropertyDescriptor(Array.prototype, "push");
console.log(get.originalValue === [].push);`;
    expect(node(source).stdout).toBe("true\n");
  });

  it("lets installed packages load other languages", () => {
    const files = {
      "node_modules/compiler/index.js": `const Module = require("node:module");
const before = Module._extensions[".js"];
Module._extensions[".js"] = (module, file) =>
  file.endsWith("other.js") ? module._compile("exports.other = 1;", file) : before(module, file);`,
      "other.js": "",
      "a.js": 'require("compiler"); console.log(require("./other.js").other);',
    };
    const ran = runHeld(makeTestProject(files), [process.execPath, "a.js"]);
    expect(ran).toMatchObject({ stdout: "1\n", stderr: "", status: 0, held: ["held-node"] });
  });

  it("keeps options that it was given already", () => {
    const { stdout } = node("console.log(typeof gc)", { NODE_OPTIONS: "--no-warnings" });
    expect(stdout).toBe("undefined\n");
    expect(heldWorld("/x", { NODE_OPTIONS: "--no-warnings", PYTHONPATH: "/y" }).env).toEqual({
      NODE_OPTIONS: '--require "/x/hold.cjs" --no-warnings',
      PYTHONPATH: "/x:/y",
    });
  });

  it("holds in Vitest's workers and in node --test, and not in the package manager that starts them", () => {
    const modules = dirname(dirname(createRequire(import.meta.url).resolve("vitest/package.json")));
    const test = (from: string) =>
      `import { test } from "${from}"; test("clock", () => { performance.now = () => 0; });\n`;
    for (const [script, from] of [
      ["vitest run", "vitest"],
      ["node --test", "node:test"],
    ] as const) {
      const manifest = JSON.stringify({
        type: "module",
        scripts: { test: script, none: "NODE_OPTIONS= node -e 1" },
      });
      const root = makeTestProject({ "package.json": manifest, "test/a.test.js": test(from) });
      symlinkSync(modules, join(root, "node_modules"));
      const ran = runHeld(root, ["npm", "test"]);
      expect(ran.status).not.toBe(0);
      expect(ran.stdout + ran.stderr).toContain("now is held as it is");
      expect(runHeld(root, ["npm", "run", "none"])).toMatchObject({ status: 0, held: [] });
    }
  });

  it("is not said of Jest, whose tests have globals of their own", () => {
    const root = makeTestProject({ "node_modules/jest/bin/jest.js": "Date.now = () => 0;" });
    const ran = runHeld(root, [process.execPath, "node_modules/jest/bin/jest.js"]);
    expect(ran).toMatchObject({ status: 0, held: [] });
  });
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
describe.skipIf(!hasPython)(
  `A process of Python that holds its world${hasPython ? "" : " (not on this machine: not run)"}`,
  () => {
    const python = (source: string) => runHeld(makeTestProject({ "a.py": source }), ["python3", "a.py"]);

    it.each([
      ["time.time", "import time; time.time = lambda: 0"],
      ["time.perf_counter, by name", "import time; setattr(time, 'perf_counter', lambda: 0)"],
      ["what a module holds", "import time; vars(time)['time'] = lambda: 0"],
      ["datetime.datetime", "import datetime; datetime.datetime = object"],
      ["what is deleted", "import time; del time.sleep"],
      ["unittest.TestCase", "import unittest; unittest.TestCase = object"],
      ["an assertion", "import unittest; unittest.TestCase.assertEqual = lambda *_: None"],
      [
        "what an assertion does",
        "from unittest import TestCase as T; T.assertTrue.__code__ = (lambda self, expr, msg=None: 0).__code__",
      ],
      [
        "what is done about failures",
        "from unittest import TextTestResult as R; R.addFailure = R.addSuccess",
      ],
      [
        "what a class inherits",
        "from unittest import TextTestResult as R; R.wasSuccessful = lambda self: True",
      ],
      ["what is built in", "import builtins; builtins.len = lambda _: 0"],
      ["what it is compared by", "import builtins; builtins.any = builtins.zip = lambda *_: []"],
      ["a module behind the last import", "import sys; sys.modules['time'] = sys"],
      [
        "it, and put it back at the exit",
        "import atexit, builtins; own = len; builtins.len = print; atexit.register(setattr, builtins, 'len', own)",
      ],
    ])("does not let code replace %s", (_, source) => {
      const ran = python(source);
      expect(ran).toMatchObject({ status: 1, held: ["held-python"] });
      expect(ran.stderr).toMatch(/ is held as it is\n$|does not support item assignment\n$/);
    });

    it.each([
      ["replaced", "sys.modules['time'] = types.ModuleType('time')"],
      ["taken away", "del sys.modules['unittest.case']"],
    ])("runs no further module once one of the standard library's is %s", (_, act) => {
      const root = makeTestProject({ "a.py": `import sys, types\n${act}\nimport b\n`, "b.py": "print(1)\n" });
      const ran = runHeld(root, ["python3", "a.py"]);
      expect(ran).toMatchObject({ status: 1, stdout: "", held: ["held-python"] });
      expect(ran.stderr).toContain("is held as it is");
    });

    it("lets tests replace for a while what is built in, and override what they inherit", () => {
      const source = `import unittest
from unittest.mock import patch

class Own(unittest.TestCase):
    def assertEqual(self, first, second, msg=None):
        super().assertEqual(second, first, msg)

    def test_it(self):
        with patch("builtins.open", create=True) as opened, patch.object(unittest.TestCase, "assertTrue"):
            open("no file")
            self.assertTrue(False)
        opened.assert_called_once_with("no file")
        with patch.dict("sys.modules", {"absent": unittest}):
            import absent
        self.assertEqual(absent, unittest)
        self.assertIn("sleep", dir(__import__("time")))
        self.assertIn("TestCase", dir(unittest))

class OwnAsync(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        self.assertEqual(1, 1)

unittest.main()
`;
      const { stderr, status } = python(source);
      expect({ stderr, status }).toMatchObject({ stderr: expect.stringMatching(/\nOK\n$/), status: 0 });
    });

    it("minds its own end, not that of processes that it forks", () => {
      const source = `import builtins, multiprocessing
own = builtins.input
builtins.input = print
child = multiprocessing.get_context("fork").Process(target=print)
child.start()
child.join()
builtins.input = own
print(child.exitcode)
`;
      expect(python(source)).toMatchObject({ stdout: "\n0\n", status: 0 });
    });

    it("lets code use all of it, add to it and load the project's own modules of the same kind", () => {
      const source = `from time import *
import copy, datetime, pickle, sys, time
time.own = 1
time.sleep = time.sleep
print(pickle.loads(pickle.dumps(datetime.date(2026, 1, 2))), time.time() > 1, "sitecustomize" in sys.modules)
`;
      const { stdout, stderr, status } = python(source);
      expect({ stdout, stderr, status }).toEqual({ stdout: "2026-01-02 True True\n", stderr: "", status: 0 });
    });

    it("still loads the module in whose place it stands", () => {
      const root = makeTestProject({
        "a.py": "import sitecustomize; print(sitecustomize.mine)",
        "lib/sitecustomize.py": "mine = 'the project'\n",
      });
      const ran = runHeld(root, ["python3", "a.py"], { PYTHONPATH: join(root, "lib") });
      expect(ran).toMatchObject({ stdout: "the project\n", stderr: "", held: ["held-python"] });
    });
  },
);
