import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

function provider(steps: unknown[], more: object = {}) {
  const recording = { version: 2, recorded: RECORDED, tasks: [{ prompt: "Do it", steps, ...more }] };
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

  it("writes bytes, executables and links as they were, and deletes a link without what it leads to", async () => {
    mkdirSync(join(run.dir, "outside"));
    symlinkSync(join(run.dir, "outside"), join(run.workspace, "old-link"));
    writeFileSync(join(run.workspace, "tool.sh"), "old", { mode: 0o755 });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const replay = provider([
      execution([
        { tool: "delete", path: "old-link" },
        { tool: "write", path: "a/image.bin", base64: bytes.toString("base64") },
        { tool: "write", path: "new.sh", content: "#!/bin/sh\n", executable: true },
        { tool: "write", path: "tool.sh", content: "new", executable: false },
        { tool: "link", path: "a/link", target: "../new.sh" },
      ]),
    ]);
    const { record } = await replay.run(run.request());
    expect(record).toMatchObject({ is_error: false, tool_calls: 5 });
    const inWorkspace = (path: string) => join(run.workspace, path);
    expect(readFileSync(inWorkspace("a/image.bin"))).toEqual(bytes);
    expect(lstatSync(inWorkspace("new.sh")).mode & 0o100).toBe(0o100);
    expect(lstatSync(inWorkspace("tool.sh")).mode & 0o111).toBe(0);
    expect(readlinkSync(inWorkspace("a/link"))).toBe("../new.sh");
    expect(existsSync(inWorkspace("old-link"))).toBe(false);
    expect(existsSync(join(run.dir, "outside"))).toBe(true);
  });

  it("counts a tool that left nothing behind", async () => {
    const { record } = await provider([execution([{ tool: "look" }])]).run(run.request());
    expect(record).toMatchObject({ is_error: false, tool_calls: 1 });
  });

  it("gives an answer of any form as it was recorded", async () => {
    const replay = provider([{ phase: "PLANNING", actions: [], answer: "no object" }]);
    const asked = { phase: "PLANNING", subtaskId: null, output: { name: "plan", jsonSchema: {} } } as const;
    expect((await replay.run(run.request(asked))).structured).toBe("no object");
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
    ["a link where something is", { tool: "link", path: "a.txt", target: "b" }, "there already"],
    ["a link through a symlink", { tool: "link", path: "link/b.txt", target: "b" }, "leaves the workspace"],
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

describe("a recording of a run that went wrong", () => {
  it("Y4 ends as it did then, with its actions done", async () => {
    const ended = {
      outcome: "exit 1",
      exit_code: 1,
      is_error: true,
      result_events: 0,
      error_code: "E510",
      error_message: "It broke.",
      denials: ["Bash"],
      survivors: 2,
      duration_ms: 90_000,
    };
    const write = { tool: "write", path: "half.txt", content: "x" };
    const { record } = await provider([execution([write], { ended })]).run(run.request());
    expect(agentRunRecordSchema.parse(record)).toMatchObject({ ...ended, tool_calls: 1 });
    expect(existsSync(join(run.workspace, "half.txt"))).toBe(true);
  });

  it("Y4 makes nothing better: where its actions don't fit, that is what is said", async () => {
    const good = { outcome: "success", exit_code: 0, result_events: 1, denials: [] };
    const misfit = { tool: "delete", path: "not-there" };
    const { record } = await provider([execution([misfit], { ended: good })]).run(run.request());
    expect(record).toMatchObject({ is_error: true, error_code: "E509", exit_code: 3, outcome: "mismatch" });
  });

  it.each([
    ["a success", { is_error: false }],
    ["a tool that was not used", { tool_calls: 3 }],
    ["no error code", { error_code: null }],
    ["an interruption, which a person makes", { termination: "aborted" }],
    ["output that was whole", { truncated: false }],
  ])("Y4 can't claim %s", async (_, ended) => {
    await expect(provider([execution([], { ended })]).check()).rejects.toMatchObject({ code: "E508" });
  });

  it("repeats what the provider said against the task, once all is played", async () => {
    const replay = provider([execution([])], { objection: "It was not all." });
    const played = { phase: "EXECUTION", subtaskId: "S1", attempt: 1 } as const;
    expect(await replay.endTask?.({ task: "Do it", runs: [played] })).toBe("It was not all.");
    expect(await replay.endTask?.({ task: "Do it", runs: [] })).toContain("EXECUTION S1, attempt 1");
  });
});

describe("the recording's file", () => {
  it("of version 1 is played still", async () => {
    const step = execution([{ tool: "write", path: "a.txt", content: "x" }]);
    const recording = { version: 1, recorded: RECORDED, tasks: [{ prompt: "Do it", steps: [step] }] };
    writeFileSync(file, JSON.stringify(recording));
    const { record } = await createReplayProvider({ path: file }).run(run.request());
    expect(record).toMatchObject({ is_error: false, tool_calls: 1 });
  });

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
