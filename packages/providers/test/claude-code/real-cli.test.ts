import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, type AgentRunResult, agentRunRecordSchema } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MessagesServer, Script } from "../../../../test/support/messages-server/server.mjs";
import { startMessagesServer } from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { createClaudeCodeProvider } from "../../src/index.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";
import { REAL_CLAUDE } from "../support/real-claude.ts";

const KEY = "sk-ant-api03-canary-7f3a9c51d2e84b60";

let run: TestRun;
let server: MessagesServer | undefined;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(async () => {
  await server?.close();
  rmSync(run.dir, { recursive: true, force: true });
});

async function providerFor(script: Script, env: Record<string, string> = { ANTHROPIC_API_KEY: KEY }) {
  server = await startMessagesServer(script);
  return createClaudeCodeProvider({
    command: REAL_CLAUDE,
    env: { PATH: process.env.PATH, ANTHROPIC_BASE_URL: server.url, ...env },
    homeDir: join(run.dir, "person"),
    redactor: { redact: (text) => text },
    maxRetries: 2,
  });
}

async function ask(script: Script, overrides: Partial<AgentRunRequest> = {}): Promise<AgentRunResult> {
  const provider = await providerFor(script);
  const exec = isolatedExec(run, overrides.access ?? "write");
  const result = await provider.run(run.request({ exec, ...overrides }));
  agentRunRecordSchema.parse(result.record);
  return result;
}

const PLANNING = {
  phase: "PLANNING",
  subtaskId: null,
  access: "read",
  prompt: "Phase: PLANNING\nPlan it",
  output: {
    name: "plan",
    jsonSchema: {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false,
    },
  },
} as const;

const say = (value: unknown) => JSON.stringify(value);

describe("the real Claude Code in the isolation", () => {
  it("does the work and is recorded as a success", async () => {
    const result = await ask([
      turn.tool("Write", { file_path: join(run.workspace, "a.txt"), content: "hello" }),
      turn.tools(
        ["Bash", { command: "echo $PM_PHASE $PM_SUBTASK_ID > phase.txt" }],
        ["Glob", { pattern: "*" }],
      ),
      turn.text("done"),
    ]);
    expect(result.record).toMatchObject({
      exit_code: 0,
      termination: "exited",
      result_events: 1,
      is_error: false,
      outcome: "success",
      tool_calls: 3,
      denials: [],
      malformed_lines: 0,
      survivors: 0,
      agent_version: "2.1.330",
      error_code: null,
    });
    expect(result.record.usage).toMatchObject({ input_tokens: 30, output_tokens: 15 });
    expect(result.text).toBe("done");
    expect(readFileSync(join(run.workspace, "a.txt"), "utf8")).toBe("hello");
    expect(readFileSync(join(run.workspace, "phase.txt"), "utf8")).toBe("EXECUTION S1\n");
    expect(run.activities).toContainEqual({ kind: "tool", name: "Glob", detail: "*" });
    const first = say(server?.requests.find((request) => request.index === 0)?.body.messages);
    expect(first).toContain("Phase: EXECUTION\\nDo it");
  });

  it("keeps the key out of the child's environment, its HOME and the transcript", async () => {
    const result = await ask([
      turn.tool("Bash", { command: "env; cat /proc/*/environ | tr '\\0' '\\n'" }),
      turn.text("ok"),
    ]);
    const sent = say(server?.requests.map((request) => request.body));
    expect(sent).toContain("PM_SESSION_ID=session-test");
    expect(sent).not.toContain(KEY);
    expect(result.transcript).toContain("PM_SESSION_ID=session-test");
    expect(result.transcript).not.toContain(KEY);
    expect(result.transcript).not.toMatch(/pm-run-[0-9a-f]{48}/);
    expect(filesBelow(run.home).filter((file) => readFileSync(file, "utf8").includes(KEY))).toEqual([]);
    for (const request of server?.requests.filter(({ index }) => index >= 0) ?? []) {
      expect(request.headers["x-api-key"]).toBe(KEY);
    }
  });

  it.each([
    ["CLAUDE_CODE_OAUTH_TOKEN", /oauth-2025-04-20/],
    ["ANTHROPIC_AUTH_TOKEN", /claude-code/],
  ])("sends a %s as a bearer token", async (name, beta) => {
    const provider = await providerFor([turn.text("hi")], { [name]: KEY });
    const result = await provider.run(run.request({ exec: isolatedExec(run) }));
    expect(result.record).toMatchObject({ is_error: false, exit_code: 0 });
    const headers = server?.requests.find(({ index }) => index === 0)?.headers;
    expect(headers?.authorization).toBe(`Bearer ${KEY}`);
    expect(headers?.["x-api-key"]).toBeUndefined();
    expect(headers?.["anthropic-beta"]).toMatch(beta);
  });

  it("is given the project's CLAUDE.md, but neither its hooks nor its environment", async () => {
    writeFileSync(join(run.workspace, "CLAUDE.md"), "CANARY-MEMORY: use tabs");
    const settings = {
      env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:1" },
      hooks: { PreToolUse: [{ matcher: "*", hooks: [{ type: "command", command: "touch hooked" }] }] },
    };
    await import("node:fs/promises").then(async (fs) => {
      await fs.mkdir(join(run.workspace, ".claude"));
      await fs.writeFile(join(run.workspace, ".claude/settings.json"), say(settings));
    });
    const result = await ask([turn.tool("Bash", { command: "true" }), turn.text("ok")]);
    expect(result.record.is_error).toBe(false);
    expect(say(server?.requests[0]?.body.system)).toContain("CANARY-MEMORY");
    expect(existsSync(join(run.workspace, "hooked"))).toBe(false);
  });

  it("has only reading tools in a reading phase", async () => {
    await ask([turn.structured({ a: "1" })], PLANNING);
    const tools = server?.requests[0]?.body.tools.map((tool: { name: string }) => tool.name);
    expect(tools).toEqual(expect.arrayContaining(["Read", "Glob", "Grep", "StructuredOutput"]));
    for (const name of ["Write", "Edit", "Bash", "Agent"]) expect(tools).not.toContain(name);
  });
});

describe("structured answers of the real Claude Code", () => {
  it("come from its answer tool, which is no tool call", async () => {
    const result = await ask([turn.structured({ a: "1" })], PLANNING);
    expect(result.structured).toEqual({ a: "1" });
    expect(result.record).toMatchObject({ is_error: false, tool_calls: 0, result_events: 1 });
  });

  it("are taken from a text that is nothing but JSON", async () => {
    const words = turn.text('```json\n{"a": "2"}\n```');
    expect((await ask([words, words], PLANNING)).structured).toEqual({ a: "2" });
  });

  it("are missing where the schema was never met, with exit 0", async () => {
    const result = await ask([turn.text("no"), turn.text("no")], PLANNING);
    expect(result.structured).toBeUndefined();
    expect(result.record).toMatchObject({ exit_code: 0, is_error: false });
  });

  it("are asked for again in the same conversation, and its usage is not counted twice", async () => {
    const provider = await providerFor([turn.text("no"), turn.text("no"), turn.structured({ a: "3" })]);
    const request = { ...PLANNING, exec: isolatedExec(run, "read") };
    const first = await provider.run(run.request(request));
    const second = await provider.run(
      run.request({ ...request, attempt: 2, prompt: "Phase: PLANNING\nAgain" }),
    );
    expect(second.structured).toEqual({ a: "3" });
    expect(first.record.usage).toMatchObject({ input_tokens: 20, output_tokens: 10 });
    expect(second.record.usage).toMatchObject({ input_tokens: 10, output_tokens: 5 });
    expect(second.record.usage.cost_usd).toBeCloseTo((first.record.usage.cost_usd ?? 0) / 2, 8);
    expect(say(server?.requests.at(-1)?.body.messages)).toContain("Plan it");
  });
});

describe("every way in which the real Claude Code can end", () => {
  const many = (one: ReturnType<typeof turn.text>) => () => one;
  it.each<[string, Script, object]>([
    ["API 400", many(turn.httpError(400)), { exit_code: 1, error_code: "E511", outcome: "api_error 400" }],
    ["API 401", many(turn.httpError(401)), { exit_code: 1, error_code: "E504", outcome: "api_error 401" }],
    ["API 403", many(turn.httpError(403)), { exit_code: 1, error_code: "E504", outcome: "api_error 403" }],
    ["API 404", many(turn.httpError(404)), { exit_code: 1, error_code: "E511", outcome: "api_error 404" }],
    ["API 413", many(turn.httpError(413)), { exit_code: 1, error_code: "E511", outcome: "api_error 413" }],
    ["a refusal", many(turn.refusal()), { exit_code: 1, error_code: "E511", outcome: "api_error" }],
    ["max_tokens", many(turn.maxTokens()), { exit_code: 1, error_code: "E511", outcome: "api_error" }],
  ])("%s is an error with its code", async (_, script, expected) => {
    const { record } = await ask(script);
    expect(record).toMatchObject({ is_error: true, result_events: 1, termination: "exited", ...expected });
    expect(record.error_message).not.toBe("");
  });

  it.each<[string, Script, string]>([
    ["API 429", many(turn.httpError(429)), "E505"],
    ["API 500", many(turn.httpError(500)), "E506"],
    ["API 529", many(turn.httpError(529)), "E506"],
  ])(
    "%s without end is an error after its retries",
    async (_, script, code) => {
      const { record } = await ask(script);
      expect(record).toMatchObject({ is_error: true, result_events: 1, exit_code: 1, error_code: code });
      expect(run.activities.filter(({ kind }) => kind === "retry").length).toBeGreaterThan(1);
    },
    60_000,
  );

  it("API 429 and then an answer is a success", async () => {
    const { record } = await ask([turn.httpError(429), turn.text("done")]);
    expect(record).toMatchObject({ is_error: false, exit_code: 0, error_code: null });
  });

  it("a stream that always breaks off is an error, though it says success", async () => {
    const { record } = await ask(many(turn.truncated()));
    expect(record).toMatchObject({ is_error: true, error_code: "E506" });
  }, 60_000);

  it("a stream that breaks off once is a success", async () => {
    const { record } = await ask([turn.truncated(), turn.text("whole")]);
    expect(record).toMatchObject({ is_error: false, error_code: null });
  });

  it("a hanging API ends at the idle limit", async () => {
    const limits = { seconds: 60, idleSeconds: 3 };
    const { record } = await ask(many(turn.hang("middle")), { limits });
    expect(record).toMatchObject({ termination: "idle_limit", error_code: "E210", is_error: true });
    expect(record.result_events).toBe(0);
  });

  it("a run past its limit ends there, and its tools with it", async () => {
    const script = [turn.tool("Bash", { command: "sleep 300" })];
    const { record } = await ask(script, { limits: { seconds: 4, idleSeconds: 30 } });
    expect(record).toMatchObject({ termination: "time_limit", error_code: "E211", is_error: true });
  });

  it("an abort is recorded as one", async () => {
    const stop = new AbortController();
    const onActivity = () => setTimeout(() => stop.abort(), 200);
    const script = [turn.tool("Bash", { command: "sleep 300" })];
    const { record } = await ask(script, { signal: stop.signal, onActivity });
    expect(record).toMatchObject({ termination: "aborted", is_error: true, error_code: null });
  });

  it("a denied tool is named, with exit 0 and no error", async () => {
    const outside = join(run.dir, "outside.txt");
    const script = [turn.tool("Write", { file_path: outside, content: "x" }), turn.text("done")];
    const { record } = await ask(script);
    expect(record).toMatchObject({ exit_code: 0, is_error: false, denials: [`Write(${outside})`] });
    expect(existsSync(outside)).toBe(false);
  });

  it("a child in a session of its own does not survive the run", async () => {
    const mark = `4${process.pid}7`;
    const command = `setsid nohup sleep ${mark} >/dev/null 2>&1 & echo started`;
    const { record } = await ask([turn.tool("Bash", { command }), turn.text("done")]);
    expect(record.survivors).toBe(1);
    expect(processesWith(`sleep\0${mark}`)).toEqual([]);
  });
});

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function processesWith(words: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(words);
      } catch {
        return false;
      }
    });
}
