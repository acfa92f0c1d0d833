import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agentRunRecordSchema } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createReplayProvider } from "../../src/replay/replay-provider.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";

const RECORDED = { agent: "claude-code", version: "2.1.330", date: "2026-11-01", note: "made for a test" };

let run: TestRun;
let file: string;
beforeEach(() => {
  run = makeTestRun();
  file = join(run.dir, "recording.json");
});
afterEach(() => rmSync(run.dir, { recursive: true, force: true }));

function provider(steps: unknown[], prompt = "Do it") {
  const recording = { version: 1, recorded: RECORDED, tasks: [{ prompt, steps }] };
  writeFileSync(file, JSON.stringify(recording));
  return createReplayProvider({ path: file });
}

const execution = (actions: unknown[], more = {}) => ({
  phase: "EXECUTION",
  subtask: "S1",
  actions,
  ...more,
});

describe("a recorded run", () => {
  it("does its actions in the workspace, in order, and counts them", async () => {
    writeFileSync(join(run.workspace, "old.txt"), "one two three");
    writeFileSync(join(run.workspace, "gone.txt"), "x");
    const replay = provider([
      execution(
        [
          { tool: "write", path: "src/new.txt", content: "hello" },
          { tool: "edit", path: "old.txt", old: "two", new: "2 $& 2" },
          { tool: "delete", path: "gone.txt" },
          { tool: "run", argv: ["cp", "old.txt", "copy.txt"] },
        ],
        { text: "done" },
      ),
    ]);
    const result = await replay.run(run.request());
    expect(agentRunRecordSchema.parse(result.record)).toMatchObject({
      exit_code: 0,
      result_events: 1,
      is_error: false,
      tool_calls: 4,
      error_code: null,
    });
    expect(result.text).toBe("done");
    expect(readFileSync(join(run.workspace, "src/new.txt"), "utf8")).toBe("hello");
    expect(readFileSync(join(run.workspace, "copy.txt"), "utf8")).toBe("one 2 $& 2 three");
    expect(existsSync(join(run.workspace, "gone.txt"))).toBe(false);
    expect(run.activities).toHaveLength(5);
    expect(result.transcript).toContain("src/new.txt");
  });

  it("gives its answer only where one was asked for", async () => {
    const answer = { kind: "change", requirements: [] };
    const replay = provider([{ phase: "PLANNING", actions: [], answer }]);
    const base = { phase: "PLANNING", subtaskId: null, access: "read" } as const;
    const asked = await replay.run(run.request({ ...base, output: { name: "plan", jsonSchema: {} } }));
    expect(asked.structured).toEqual(answer);
    expect((await replay.run(run.request(base))).structured).toBeUndefined();
  });

  it("is looked up by task, phase, subtask and attempt, in any order", async () => {
    const replay = provider([
      execution([], { text: "second try", attempt: 2 }),
      execution([], { text: "other", subtask: "S2" }),
      execution([], { text: "first" }),
    ]);
    expect((await replay.run(run.request({ subtaskId: "S2" }))).text).toBe("other");
    expect((await replay.run(run.request({ attempt: 2 }))).text).toBe("second try");
    expect((await replay.run(run.request())).text).toBe("first");
  });

  it("ends with E211 when it takes longer than the limit", async () => {
    const replay = provider([execution([], { delay_ms: 20_000 })]);
    const result = await replay.run(run.request({ limits: { seconds: 0.3, idleSeconds: 30 } }));
    expect(result.record).toMatchObject({ termination: "time_limit", is_error: true, error_code: "E211" });
  });
});

describe("a recording that does not fit", () => {
  it.each([
    ["a task that it does not hold", { task: "Something else" }],
    ["a subtask that it does not hold", { subtaskId: "S9" }],
    ["an attempt that it does not hold", { attempt: 2 }],
  ])("says E509 for %s", async (_, overrides) => {
    const result = await provider([execution([])]).run(run.request(overrides));
    expect(result.record).toMatchObject({ is_error: true, error_code: "E509", result_events: 0 });
  });

  it.each([
    ["an edit whose text is not there", { tool: "edit", path: "a.txt", old: "zzz", new: "y" }, "0 times"],
    ["an edit whose text is there twice", { tool: "edit", path: "a.txt", old: "a", new: "y" }, "2 times"],
    ["an edit of a missing file", { tool: "edit", path: "b.txt", old: "a", new: "y" }, "not there"],
    ["a delete of a missing file", { tool: "delete", path: "b.txt" }, "not there"],
    ["a path upwards", { tool: "write", path: "../b.txt", content: "" }, "leaves the workspace"],
    ["an absolute path", { tool: "write", path: "/tmp/b.txt", content: "" }, "not relative"],
    ["the workspace itself", { tool: "delete", path: "." }, "leaves the workspace"],
    ["a path through a symlink", { tool: "write", path: "link/b.txt", content: "" }, "leaves the workspace"],
    ["a symlink as the file", { tool: "write", path: "link", content: "" }, "symlink"],
    ["a command that does not exist", { tool: "run", argv: ["no-such-program-here"] }, "can't run"],
  ])("says E509 for %s", async (_, action, words) => {
    writeFileSync(join(run.workspace, "a.txt"), "a-a");
    mkdirSync(join(run.dir, "outside"));
    symlinkSync(join(run.dir, "outside"), join(run.workspace, "link"));
    const result = await provider([execution([action])]).run(run.request());
    expect(result.record).toMatchObject({ is_error: true, error_code: "E509", exit_code: 3 });
    expect(result.record.error_message).toContain(words);
    expect(existsSync(join(run.dir, "b.txt"))).toBe(false);
    expect(existsSync(join(run.dir, "outside/b.txt"))).toBe(false);
  });

  it("names the steps that were left over at the end of a task", async () => {
    const replay = provider([execution([]), execution([], { subtask: "S2" }), execution([], { attempt: 2 })]);
    const played = { phase: "EXECUTION", subtaskId: "S1", attempt: 1 } as const;
    const reason = await replay.endTask?.({ task: "Do it", runs: [played] });
    expect(reason).toContain("EXECUTION S2, attempt 1; EXECUTION S1, attempt 2");
    const all = [played, { ...played, subtaskId: "S2" }, { ...played, attempt: 2 }];
    expect(await replay.endTask?.({ task: "Do it", runs: all })).toBeNull();
  });
});

describe("the recording's file", () => {
  it.each([
    ["no JSON", "{\n  nope", /line 2, column 3/],
    ["another version", JSON.stringify({ version: 3, recorded: RECORDED, tasks: [] }), /version/],
    [
      "an unknown key",
      JSON.stringify({
        version: 1,
        recorded: RECORDED,
        tasks: [{ prompt: "p", steps: [{ phase: "PLANNING", actions: [], anwser: {} }] }],
      }),
      /tasks\.0\.steps\.0/,
    ],
    [
      "two steps for one run",
      JSON.stringify({
        version: 1,
        recorded: RECORDED,
        tasks: [{ prompt: "p", steps: [execution([]), execution([], { attempt: 1 })] }],
      }),
      /tasks\.0\.steps\.1/,
    ],
  ])("with %s is E508 with the place", async (_, content, place) => {
    writeFileSync(file, content);
    const failure = createReplayProvider({ path: file }).check();
    await expect(failure).rejects.toMatchObject({ code: "E508" });
    await expect(failure).rejects.toThrow(place);
  });

  it("that is missing is E508", async () => {
    await expect(createReplayProvider({ path: file }).check()).rejects.toMatchObject({ code: "E508" });
  });

  it("tells what was recorded", async () => {
    expect(await provider([]).check()).toEqual({
      version: "recording of claude-code 2.1.330, 2026-11-01",
      login: "none needed",
    });
  });
});
