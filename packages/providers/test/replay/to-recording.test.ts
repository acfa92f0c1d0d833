import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AgentStep,
  blankRunRecord,
  createRedactor,
  type FileEdit,
  type SessionSteps,
  type TaskSteps,
} from "@pm/core";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { createReplayProvider } from "../../src/replay/replay-provider.ts";
import { toRecording } from "../../src/replay/to-recording.ts";

const KEY = "canary-5f3a9c17e2";
const redactor = createRedactor([KEY]);
const CLEAN = {
  ...blankRunRecord("2.1.3"),
  exit_code: 0,
  is_error: false,
  result_events: 1,
  tool_calls: 4,
  outcome: "success",
};

function step(changes: Partial<AgentStep> = {}): AgentStep {
  return {
    phase: "EXECUTION",
    subtaskId: "S1",
    ask: 1,
    record: CLEAN,
    answer: undefined,
    edits: [],
    ...changes,
  };
}

function task(steps: readonly AgentStep[], changes: Partial<TaskSteps> = {}): TaskSteps {
  return {
    taskId: "task-1",
    input: { prompt: "Do it", kind: "change", scope: [], checks: [] },
    status: "COMPLETE",
    base: "a".repeat(40),
    result: null,
    isolation: "sandbox",
    phases: [],
    violations: [],
    accepted: [],
    providerObjection: null,
    incomparable: null,
    steps,
    ...changes,
  };
}

function record(tasks: readonly TaskSteps[], provider = "claude-code") {
  const session: SessionSteps = {
    sessionId: "session-1a",
    provider,
    model: "a-model",
    openedAt: "2026-11-29T10:00:00.000Z",
    tasks,
  };
  const recording = toRecording(session, redactor);
  if (recording === null) throw new Error("nothing was recorded");
  return recording;
}

const writes = (path: string, content: string | Buffer, more: object = {}): FileEdit => ({
  path,
  kind: "write",
  content: Buffer.from(content),
  mode: "100644",
  oldMode: null,
  ...more,
});

const actionsOf = (edits: readonly FileEdit[]) =>
  record([task([step({ edits })])]).tasks[0]?.steps[0]?.actions;

describe("a recording made from evidence", () => {
  it("says of whom and of what it is", () => {
    const { version, recorded } = record([task([step()])], "replay:/home/me/private/file.json");
    expect(version).toBe(2);
    expect(recorded).toEqual({
      agent: "replay",
      version: "2.1.3",
      date: "2026-11-29",
      note: "Made from the evidence of session-1a. Model: a-model.",
    });
  });

  it("is a file that replay takes", async () => {
    const path = join(tempFolder(), "recording.json");
    const steps = [
      step({ phase: "PLANNING", subtaskId: null, answer: ["odd"], record: { ...CLEAN, exit_code: 1 } }),
      step({ edits: [writes("a", "x"), writes("b", Buffer.from([255]))] }),
    ];
    writeFileSync(path, JSON.stringify(record([task(steps, { providerObjection: "no" })])));
    await expect(createReplayProvider({ path }).check()).resolves.toMatchObject({ login: "none needed" });
  });

  it("is none where no agent ran to an end", () => {
    const session = { sessionId: "s", provider: "p", model: null, openedAt: "", tasks: [task([])] };
    expect(toRecording(session, redactor)).toBeNull();
  });

  it("deletes first, and with a link what it replaces, so that types can change", () => {
    const edits: FileEdit[] = [
      { path: "dir/a", kind: "delete" },
      writes("dir", "now a file"),
      { path: "file", kind: "delete" },
      writes("file/b", "now a folder"),
      writes("link", "to", { mode: "120000", oldMode: "100644" }),
      writes("was-link", "x", { oldMode: "120000" }),
      writes("run.sh", "x", { mode: "100755" }),
      writes("tame.sh", "x", { oldMode: "100755" }),
    ];
    expect(actionsOf(edits)).toEqual([
      { tool: "delete", path: "dir/a" },
      { tool: "delete", path: "file" },
      { tool: "delete", path: "dir" },
      { tool: "delete", path: "link" },
      { tool: "delete", path: "was-link" },
      { tool: "write", path: "dir", content: "now a file" },
      { tool: "write", path: "file/b", content: "now a folder" },
      { tool: "link", path: "link", target: "to" },
      { tool: "write", path: "was-link", content: "x" },
      { tool: "write", path: "run.sh", content: "x", executable: true },
      { tool: "write", path: "tame.sh", content: "x", executable: false },
    ]);
  });

  it("keeps that tools were used where no file shows it, and that none was where files do", () => {
    expect(actionsOf([])).toEqual([{ tool: "look" }]);
    const idle = record([task([step({ record: { ...CLEAN, tool_calls: 0 }, edits: [writes("a", "x")] })])]);
    expect(idle.tasks[0]?.steps[0]?.ended).toEqual({ tool_calls: 0 });
  });

  it("keeps how a run ended where that was no success", () => {
    const failed = { ...CLEAN, exit_code: 1, is_error: true, result_events: 0, outcome: "exit 1" };
    const [recorded] = record([task([step({ record: failed })])]).tasks[0]?.steps ?? [];
    expect(recorded?.ended).toMatchObject({
      exit_code: 1,
      is_error: true,
      result_events: 0,
      outcome: "exit 1",
    });
    expect(record([task([step()])]).tasks[0]?.steps[0]).not.toHaveProperty("ended");
  });

  it("holds of two tasks with one prompt the later one, and says so", () => {
    const { tasks, recorded } = record([
      task([step({ edits: [writes("a", "first")] })]),
      task([step({ edits: [writes("a", "second")] })]),
    ]);
    expect(tasks).toHaveLength(1);
    expect(JSON.stringify(tasks)).toContain("second");
    expect(recorded.note).toContain("1 of its tasks");
  });
});

describe("secrets in what was recorded", () => {
  const SHAPED = `ghp_${"a1B2".repeat(9)}`;
  const token = Buffer.concat([Buffer.from([0, 255]), Buffer.from(KEY), Buffer.from([254])]);

  it("O1 are in none of its bytes, wherever they were and however they were written", () => {
    const recording = record([
      task(
        [
          step({ phase: "PLANNING", subtaskId: null, answer: { note: `use ${KEY}` } }),
          step({
            record: { ...CLEAN, is_error: true, error_message: `refused ${KEY}`, denials: [`curl ${KEY}`] },
            edits: [
              writes("plain.txt", `key=${KEY}\n`),
              writes("shaped.txt", `token: ${SHAPED}\n`),
              writes("base64.txt", Buffer.from(`x${KEY}`).toString("base64")),
              writes("hex.txt", Buffer.from(KEY).toString("hex")),
              writes("bytes.bin", token),
              writes("link", KEY, { mode: "120000" }),
              writes(`src/${KEY}.txt`, "x"),
              writes("clean.txt", "nothing here\n"),
            ],
          }),
        ],
        { input: { prompt: `Use ${KEY}`, kind: "change", scope: [], checks: [] } },
      ),
    ]);
    const text = JSON.stringify(recording);
    for (const form of [KEY, SHAPED, Buffer.from(KEY).toString("hex"), token.toString("base64")])
      expect(text).not.toContain(form);
    const binary = recording.tasks[0]?.steps[1]?.actions.find((action) => "base64" in action);
    expect(Buffer.from(String(binary && "base64" in binary && binary.base64), "base64").includes(KEY)).toBe(
      false,
    );
    expect(recording.recorded.note).toContain(
      "these files differ: base64.txt, bytes.bin, hex.txt, link, plain.txt, shaped.txt, src/[redacted:known-secret].txt.",
    );
  });

  it("O1 are not looked for in vain: what holds none is kept byte for byte", () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    expect(actionsOf([writes("all", bytes)])).toEqual([
      { tool: "write", path: "all", base64: bytes.toString("base64") },
    ]);
  });
});
