import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartInput, TASK_KINDS } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TASK_OPTIONS } from "../../src/commands/options.ts";
import { executionResult } from "../fake-engine.ts";
import type { FakeIoOptions } from "../fake-io.ts";
import { runPm } from "../run-pm.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "pm-cli-input-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function startWith(args: readonly string[], options: FakeIoOptions = {}) {
  let input: StartInput | undefined;
  const engine = {
    start: async (given: StartInput) => {
      input = given;
      return executionResult();
    },
  };
  const run = await runPm(["start", ...args], engine, { cwd: dir, ...options });
  return { ...run, input, tasks: input?.tasks };
}

describe("the tasks of a command line", () => {
  it("are the words, then --task and --file in the order given", async () => {
    await writeFile(join(dir, "task.md"), "  from a file\nwith two lines\n");
    const { tasks } = await startWith([
      "add",
      "a flag",
      "--task",
      "second",
      "--file",
      "task.md",
      "--task",
      "last",
    ]);
    expect(tasks?.map((task) => task.prompt)).toEqual([
      "add a flag",
      "second",
      "from a file\nwith two lines",
      "last",
    ]);
  });

  it("carry what each may cost", async () => {
    const { tasks } = await startWith(["--task", "a", "--task", "b", "--max-cost", "1.50"]);
    expect(tasks).toMatchObject([{ budgetUsd: 1.5 }, { budgetUsd: 1.5 }]);
    expect((await startWith(["a"])).tasks?.[0]).not.toHaveProperty("budgetUsd");
    expect((await startWith(["a", "--max-cost", "$3"])).tasks).toMatchObject([{ budgetUsd: 3 }]);
  });

  it.each(["0", "-1", "much", "1e3", "1,5", "0.0000001", "1000000", ""])(
    "refuse %j as what they may cost",
    async (text) => {
      const { code, err, input } = await startWith(["a", `--max-cost=${text}`]);
      expect([code, input]).toEqual([2, undefined]);
      expect(err).toContain("E115");
      expect(err).toContain("--max-cost");
    },
  );

  it("carry checks as argv, scope and kind, each of them", async () => {
    const args = [
      "--task",
      "a",
      "--task",
      "b",
      "--check",
      "npm run 'e 2 e'",
      "--check",
      "make",
      "--scope",
      "src/**",
    ];
    const { tasks } = await startWith([...args, "--scope", "docs/**", "--kind", "refactor"]);
    const expected = {
      kind: "refactor",
      scope: ["src/**", "docs/**"],
      checks: [["npm", "run", "e 2 e"], ["make"]],
    };
    expect(tasks).toEqual([
      { prompt: "a", ...expected },
      { prompt: "b", ...expected },
    ]);
  });

  it("know the kinds that core knows", () => {
    expect(TASK_OPTIONS.find((option) => option.name === "kind")?.choices).toEqual(TASK_KINDS);
  });

  it("may be none: the session is opened", async () => {
    const { tasks, code } = await startWith([]);
    expect(tasks).toEqual([]);
    expect(code).toBe(0);
  });

  it.each([
    [["start", ""], "E209", 2],
    [["start", "--task", "  "], "E209", 2],
    [["start", "--file", "missing.md"], "E116", 2],
    [["start", "--file", "."], "E116", 2],
    [["start", "x", "--check", "npm test | tee log"], "E115", 2],
    [["start", "x", "--check", "grep 'open"], "E115", 2],
    [["start", "--check", "npm test"], "E115", 2],
    [["start", "x", "--recording", "r.json", "--provider", "claude-code"], "E115", 2],
    [["start", "x", "--provider", "replay"], "E115", 2],
  ])("refuses %j with %s", async (args, code, exit) => {
    const run = await runPm(args, {}, { cwd: dir });
    expect(run.err).toMatch(new RegExp(`^${code} `));
    expect(run.code).toBe(exit);
  });

  it("refuses a file that is no text", async () => {
    await writeFile(join(dir, "bin"), Buffer.from([0x66, 0xff, 0xfe]));
    await writeFile(join(dir, "nul"), "a\0b");
    expect((await startWith(["--file", "bin"])).err).toContain("it is not UTF-8 text");
    expect((await startWith(["--file", "nul"])).err).toContain("it holds a NUL byte");
  });

  it("refuses a file of more than a mebibyte", async () => {
    await writeFile(join(dir, "big"), "x".repeat(1024 * 1024 + 1));
    expect((await startWith(["--file", "big"])).err).toContain("it is longer than 1048576 bytes");
  });
});

describe("standard input", () => {
  it("is the task where it is a pipe or a file and nothing else names one", async () => {
    for (const kind of ["pipe", "file"] as const) {
      const { tasks } = await startWith([], { stdin: { kind, text: "piped task\n" } });
      expect(tasks?.map((task) => task.prompt)).toEqual(["piped task"]);
    }
  });

  it("is left alone where the task is named, so that a loop's input is not eaten", async () => {
    const { tasks, io } = await startWith(["named"], { stdin: { kind: "pipe", text: "not a task" } });
    expect(tasks?.map((task) => task.prompt)).toEqual(["named"]);
    expect(io.stdin.stream().read()?.toString()).toBe("not a task");
  });

  it("that is empty opens a session without a task", async () => {
    expect((await startWith([], { stdin: { kind: "pipe", text: " \n" } })).tasks).toEqual([]);
    expect((await startWith([], { stdin: { kind: "pipe" } })).tasks).toEqual([]);
  });

  it("that nobody writes to hangs nothing", async () => {
    const { tasks } = await startWith([], { stdin: { kind: "pipe", neverEnds: true } });
    expect(tasks).toEqual([]);
  });

  it("is read with --file -, even from a terminal, and must hold something", async () => {
    const { tasks } = await startWith(["--file", "-"], {
      tty: true,
      stdin: { kind: "terminal", text: "typed" },
    });
    expect(tasks?.map((task) => task.prompt)).toEqual(["typed"]);
    const empty = await startWith(["--file", "-"], { stdin: { kind: "nothing" } });
    expect(empty.err).toContain("E209");
  });
});
