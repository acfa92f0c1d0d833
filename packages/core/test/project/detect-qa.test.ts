import { describe, expect, it } from "vitest";
import { detectQa } from "../../src/project/detect-qa.ts";
import { defaultSettings, parseSettings } from "../../src/project/parse-settings.ts";

const tree = (files: Readonly<Record<string, string>>) => ({
  readFile: async (path: string) => files[path] ?? null,
  listFiles: async () => Object.keys(files),
});
const detected = async (files: Readonly<Record<string, string>>) =>
  (await detectQa(defaultSettings(), tree(files))).map(({ argv }) => argv.join(" "));
const scripts = (all: Record<string, string>) => ({ "package.json": JSON.stringify({ scripts: all }) });

describe("detectQa", () => {
  it("takes the configured commands and nothing else", async () => {
    const settings = parseSettings('{"qa":{"commands":["npm  test",["node","a b.js"]]}}', "s");
    expect(await detectQa(settings, tree(scripts({ test: "x", lint: "y" })))).toEqual([
      { id: "npm  test", argv: ["npm", "test"] },
      { id: "node 'a b.js'", argv: ["node", "a b.js"] },
    ]);
  });
  it("finds the scripts test, lint and typecheck, in this order", async () => {
    expect(
      await detected(scripts({ typecheck: "tsc", build: "x", lint: "biome", test: "node --test" })),
    ).toEqual(["npm test", "npm run lint", "npm run typecheck"]);
  });
  it("ignores npm's placeholder, empty scripts and what is no manifest", async () => {
    expect(await detected(scripts({ test: 'echo "Error: no test specified" && exit 1' }))).toEqual([]);
    expect(await detected(scripts({ test: " " }))).toEqual([]);
    for (const text of ["{", "[]", "null", '{"scripts":3}', '{"scripts":{"test":{}}}'])
      expect(await detected({ "package.json": text })).toEqual([]);
  });
  it.each([
    ["test:\n\techo", true],
    ["build lint test: dep\n", true],
    ["test :: x\n", true],
    [".PHONY: test\ntest2:\n", false],
    ["test := x\n", false],
    ["\ttest: x", false],
    ["test-unit:\n", false],
  ])("reads the Makefile %j", async (text, has) => {
    expect(await detected({ Makefile: text })).toEqual(has ? ["make test"] : []);
  });
  it("takes a declared test entry as the project's own word", async () => {
    const all = { Makefile: "test:\n", "Cargo.toml": "", "go.mod": "", "tests/test_a.py": "import pytest" };
    expect(await detected({ ...all, ...scripts({ test: "x" }) })).toEqual(["npm test"]);
    expect(await detected({ ...all, ...scripts({ lint: "x" }) })).toEqual(["npm run lint", "make test"]);
    expect(await detected({ "Cargo.toml": "", "go.mod": "", "tests/test_a.py": "import pytest" })).toEqual([
      "python3 -m pytest",
      "cargo test",
      "go test -v ./...",
    ]);
  });
  it("tells pytest from unittest, and wants test files", async () => {
    expect(await detected({ "pyproject.toml": "[tool.pytest.ini_options]" })).toEqual([]);
    expect(await detected({ "pytest.ini": "", "a_test.py": "import unittest" })).toEqual([
      "python3 -m pytest",
    ]);
    expect(await detected({ "tests/test_a.py": "def test_a(): pass" })).toEqual(["python3 -m pytest"]);
    expect(
      await detected({
        "tests/test_a.py": "import unittest\n",
        "tests/test_b.py": "from unittest import TestCase\n",
      }),
    ).toEqual(["python3 -m unittest discover -v -s tests"]);
    expect(await detected({ "test_a.py": "import unittest\n", "x/test_b.py": "import unittest\n" })).toEqual([
      "python3 -m unittest discover -v -s .",
    ]);
  });
  it("finds nothing in an empty tree", async () => expect(await detected({})).toEqual([]));
});
