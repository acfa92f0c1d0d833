import { rmSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, agentRunRecordSchema } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClaudeCodeProvider, resolveClaudeCommand } from "../../src/index.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";
import { writeStandIn } from "../support/stand-in.ts";

let run: TestRun;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(() => rmSync(run.dir, { recursive: true, force: true }));

function provider(body: string, lingerMs = 300) {
  const path = writeStandIn(join(run.dir, "bin"), body);
  return createClaudeCodeProvider({
    command: resolveClaudeCommand({ env: { PM_CLAUDE_BIN: path } }),
    env: { PATH: process.env.PATH },
    homeDir: join(run.dir, "person"),
    redactor: { redact: (text) => text.replaceAll("hush", "[redacted]") },
    lingerMs,
  });
}

async function play(body: string, overrides: Partial<AgentRunRequest> = {}) {
  const result = await provider(body).run(run.request({ exec: isolatedExec(run), ...overrides }));
  agentRunRecordSchema.parse(result.record);
  return result;
}

describe("a stand-in for Claude Code", () => {
  it("needs no version and no login", async () => {
    const { version, login } = await provider("").check();
    expect(version).toContain("unknown");
    expect(login).toBe("left to the executable");
  });

  it("gets the prompt as plain text, and who it works for in its environment", async () => {
    const { text } = await play(`
      const own = Object.entries(process.env).filter(([name]) => name.startsWith("PM_")).sort();
      init(); result({ result: JSON.stringify({ prompt, own, args, cwd: process.cwd() }) });`);
    const seen = JSON.parse(text);
    expect(seen.prompt).toBe("Phase: EXECUTION\nDo it");
    expect(seen.cwd).toBe(run.workspace);
    expect(Object.fromEntries(seen.own)).toMatchObject({
      PM_PHASE: "EXECUTION",
      PM_RUN_ID: "run-1",
      PM_SESSION_ID: "session-test",
      PM_SUBTASK_ID: "S1",
      PM_TASK_ID: "task-1",
    });
    expect(seen.args).not.toContain("Do it");
  });

  it("that answers well is a success; blocks repeat usage, and a call counts once by its id", async () => {
    const { record, transcript } = await play(`
      const call = (id) => ({ type: "tool_use", id, name: "Bash", input: { command: "echo hush" } });
      init();
      assistant("m1", { type: "text", text: "I begin" });
      assistant("m1", call("t1"));
      assistant("m1", call("t1"), call("t2"), { type: "tool_use", id: "t3", name: "StructuredOutput", input: {} });
      say({ type: "brand_new_event", with: ["anything"] });
      say({ type: "system", subtype: "brand_new_subtype" });
      result();`);
    expect(record).toMatchObject({
      exit_code: 0,
      is_error: false,
      result_events: 1,
      tool_calls: 2,
      malformed_lines: 0,
      usage: { input_tokens: 7, output_tokens: 3, cost_usd: 0.5 },
      model: "none",
      agent_version: "0.0.0",
    });
    expect(run.activities).toContainEqual({ kind: "tool", name: "Bash", detail: "echo [redacted]" });
    expect(transcript).not.toContain("hush");
  });

  it("that names no ids has its calls counted all the same", async () => {
    const { record } = await play(`
      const call = { type: "tool_use", name: "Write", input: {} };
      assistant("m1", call); assistant("m2", call); result();`);
    expect(record).toMatchObject({ tool_calls: 2, is_error: false });
  });

  it("that gives two results is recorded with two", async () => {
    const { record } = await play("init(); result(); result();");
    expect(record).toMatchObject({ exit_code: 0, result_events: 2 });
  });

  it("that exits with 0 and no result is an error", async () => {
    const { record } = await play(`init(); assistant("m", { type: "text", text: "All tests pass." });`);
    expect(record).toMatchObject({ exit_code: 0, result_events: 0, is_error: true, error_code: "E510" });
  });

  it.each([
    [
      "is_error beside success",
      `result({ is_error: true, result: "API Error: 500", api_error_status: 500 })`,
      "E506",
    ],
    ["a subtype beside is_error false", `result({ subtype: "error_during_execution" })`, "E510"],
    ["a result that does not say is_error", "result({ is_error: undefined })", "E510"],
    ["a result with a wrong type in it", `result({ is_error: "no" })`, "E510"],
    ["no login", `result({ is_error: true, result: "Not logged in · Please run /login" })`, "E503"],
    ["its own limit", `result({ subtype: "error_max_turns", is_error: true })`, null],
  ])("with %s is an error", async (_, body, code) => {
    const { record } = await play(`init(); ${body};`);
    expect(record).toMatchObject({ is_error: true, result_events: 1, error_code: code });
  });

  it.each([
    ["words", `print("Warning: something\\n")`],
    ["half an object", `print('{"type":"assist\\n')`],
    ["JSON without a type", `print('{"a":1}\\n[1]\\n')`],
    ["invalid UTF-8", "process.stdout.write(Buffer.from([0x7b, 0xff, 0xfe, 0x0a]))"],
  ])("that prints %s has malformed lines", async (_, body) => {
    const { record } = await play(`init(); ${body}; result();`);
    expect(record.malformed_lines).toBeGreaterThan(0);
    expect(record.result_events).toBe(1);
  });

  it("that prints a line of 10 MB is recorded as cut, and its result still counts", async () => {
    const { record } = await play(`
      init(); say({ type: "user", message: "x".repeat(10 * 1024 * 1024) }); result();`);
    expect(record).toMatchObject({ truncated: true, result_events: 1, malformed_lines: 0, exit_code: 0 });
    expect(record.output_bytes).toBeGreaterThan(10 * 1024 * 1024);
  });

  it("that prints without end is counted, kept in part, and its result is still found", async () => {
    const { record, transcript } = await play(`
      init();
      const block = ("x".repeat(79) + "\\n").repeat(10_000);
      for (let i = 0; i < 50; i += 1) if (!print(block)) await new Promise((done) => process.stdout.once("drain", done));
      result();`);
    expect(record).toMatchObject({ malformed_lines: 500_000, result_events: 1, truncated: false });
    expect(record.output_bytes).toBeGreaterThan(40_000_000);
    expect(transcript.length).toBeLessThan(300_000);
    expect(transcript).toContain("bytes left out]");
  });

  it("that prints broken events without end is not read to its end", async () => {
    const { record } = await play(`print('{"type": \\n'.repeat(20_000)); result();`);
    expect(record).toMatchObject({ malformed_lines: 20_001, result_events: 0, is_error: true });
  });

  it("whose secret lies at a cut leaves no half of it", async () => {
    const { transcript } = await play(`print("a ".repeat(16_381) + "hush".repeat(50) + "\\n"); result();`);
    expect(transcript).not.toMatch(/hus|ush/);
  });

  it("whose last line has no newline is read to its end", async () => {
    const { record } = await play(`print('{"type":"result","subtype":"success","is_error":false}')`);
    expect(record).toMatchObject({ result_events: 1, is_error: false, malformed_lines: 0 });
  });

  it.each([
    [
      "the result",
      `result({ permission_denials: [{ tool_name: "Bash", tool_use_id: "t", tool_input: { command: "rm -rf hush" } }] })`,
      "Bash(rm -rf [redacted])",
    ],
    [
      "an event",
      `say({ type: "system", subtype: "permission_denied", tool_name: "Write", tool_use_id: "t" }); result()`,
      "Write",
    ],
  ])("that was denied a tool is recorded so by %s", async (_, body, denial) => {
    const { record } = await play(`init(); ${body};`);
    expect(record).toMatchObject({ denials: [denial], exit_code: 0, is_error: false });
  });

  it("that ends with an error says why", async () => {
    const { record, transcript } = await play(
      `init(); console.error("cannot find the hush"); process.exit(7);`,
    );
    expect(record).toMatchObject({ exit_code: 7, outcome: "exit 7", error_code: "E510", is_error: true });
    expect(record.error_message).toBe("cannot find the [redacted]");
    expect(transcript).toContain("[stderr]\ncannot find the [redacted]");
  });

  it("that is killed is an error, even after its answer", async () => {
    const { record } = await play(`init(); result(); await wait(50); process.kill(process.pid, "SIGKILL");`);
    expect(record).toMatchObject({ is_error: true, error_code: "E510", result_events: 1 });
  });

  it("that lingers after its answer is stopped, and that is no error", async () => {
    const { record } = await play(`process.on("SIGTERM", () => {}); init(); result(); await wait(60_000);`);
    expect(record).toMatchObject({ termination: "exited", exit_code: 0, is_error: false, result_events: 1 });
    expect(record.survivors).toBe(0);
    expect(record.duration_ms).toBeLessThan(20_000);
  });

  it("that is aborted while it lingers counts as aborted", async () => {
    const stop = new AbortController();
    const body = `init(); assistant("m", { type: "text", text: "x" }); result(); await wait(60_000);`;
    const request = run.request({
      exec: isolatedExec(run),
      signal: stop.signal,
      onActivity: () => setTimeout(() => stop.abort(), 100),
    });
    const { record } = await provider(body, 30_000).run(request);
    expect(record).toMatchObject({ termination: "aborted", is_error: true });
  });

  it("that leaves a child in a session of its own has a survivor, which is killed", async () => {
    const { record } = await play(`
      init();
      spawn("sleep", ["300"], { detached: true, stdio: "ignore" }).unref();
      await wait(100);
      result(); process.exit(0);`);
    expect(record).toMatchObject({ exit_code: 0, result_events: 1, survivors: 1 });
  });

  it("takes a bare JSON object for a structured answer, and nothing around it", async () => {
    const output = { name: "plan", jsonSchema: {} };
    const answer = (text: string) => play(`init(); result({ result: ${JSON.stringify(text)} });`, { output });
    expect((await answer(' {"a": [1]} ')).structured).toEqual({ a: [1] });
    expect((await answer('```json\n{"a": 1}\n```')).structured).toEqual({ a: 1 });
    expect((await answer('Here it is: {"a": 1}')).structured).toBeUndefined();
    expect((await answer("[1]")).structured).toBeUndefined();
  });
});
