/** Agents that speak ACP well, badly or not at all. */
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, type AgentRunResult, agentRunRecordSchema, createSpending } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AcpProviderOptions, createAcpProvider } from "../../src/index.ts";
import { writeAcpStandIn } from "../support/acp-stand-in.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";

let run: TestRun;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(() => rmSync(run.dir, { recursive: true, force: true }));

interface Told {
  readonly handlers?: string;
  readonly request?: Partial<AgentRunRequest>;
  readonly options?: Partial<AcpProviderOptions>;
}

const provider = (onPrompt: string, { handlers = "", options = {} }: Told = {}) =>
  createAcpProvider({
    name: "mine",
    command: writeAcpStandIn(join(run.dir, "bin"), onPrompt, handlers),
    env: {},
    endpoint: null,
    prices: {},
    redactor: { redact: (text) => text.replaceAll("hunter2", "[redacted]") },
    lingerMs: 500,
    handshakeMs: 5000,
    ...options,
  });

async function ask(onPrompt: string, told: Told = {}): Promise<AgentRunResult> {
  const result = await provider(onPrompt, told).run(run.request(told.request));
  agentRunRecordSchema.parse(result.record);
  return result;
}

const inWorkspace = (name: string) => JSON.stringify(join(run.workspace, name));
const call = (kind: string, path: string) =>
  `{ kind: "${kind}", title: "t", locations: [{ path: ${path} }] }`;
/** What the agent was told, in its last words. */
const outcome = (toolCall: string, options = "") => `text(JSON.stringify(await ask(${toolCall}${options})));`;
const READ = { access: "read" } as const;
const ONCE = '{"outcome":"selected","optionId":"once"}';
const NO = '{"outcome":"selected","optionId":"no"}';

describe("an agent that speaks ACP", () => {
  it("works in the isolation and is recorded as a success", async () => {
    const body = `
      text("First ");
      text("words.");
      say({ sessionUpdate: "tool_call", toolCallId: "c1", title: "Write a.txt", kind: "edit", locations: [{ path: ${inWorkspace("a.txt")} }] });
      fs.writeFileSync("a.txt", process.cwd());
      say({ sessionUpdate: "tool_call_update", toolCallId: "c1", status: "completed" });
      say({ sessionUpdate: "nobody_knows_this", odd: 1 });
      text("Do"); text("ne.");`;
    const result = await ask(body, { request: { exec: isolatedExec(run) } });
    expect(result.record).toMatchObject({
      exit_code: 0,
      termination: "exited",
      result_events: 1,
      is_error: false,
      outcome: "success",
      tool_calls: 1,
      denials: [],
      malformed_lines: 0,
      agent_version: "stand-in 1.2",
      error_code: null,
    });
    expect(result.record.usage.cost_usd).toBeNull();
    expect(result.text).toBe("Done.");
    expect(readFileSync(join(run.workspace, "a.txt"), "utf8")).toBe(run.workspace);
    expect(run.activities).toEqual([
      { kind: "text", text: "First words." },
      { kind: "tool", name: "edit", detail: join(run.workspace, "a.txt") },
      { kind: "text", text: "Done." },
    ]);
  });

  it("is asked for an object in words, and its text is the answer", async () => {
    const output = { name: "plan", jsonSchema: { type: "object", title: "MARK" } };
    const body = `text(JSON.stringify({ asked: prompt.includes('"title":"MARK"'), first: prompt.split("\\n")[0] }));`;
    const { structured } = await ask(body, { request: { ...READ, output } });
    expect(structured).toEqual({ asked: true, first: "Phase: EXECUTION" });
  });

  it("gives no answer where anything stands around its object", async () => {
    const output = { name: "plan", jsonSchema: {} };
    const { structured, record } = await ask(`text('Here: {"a":1}');`, { request: { ...READ, output } });
    expect(structured).toBeUndefined();
    expect(record.is_error).toBe(false);
  });

  it("is given the model that it offers, and none that it does not", async () => {
    const handlers = `
      "session/new": async () => ({ sessionId, models: { currentModelId: "a", availableModels: [{ modelId: "a", name: "A" }, { modelId: "b", name: "B" }] } }),
      "session/set_model": async ({ modelId }) => { text(modelId); return {}; },`;
    expect((await ask("", { handlers, request: { model: "b" } })).text).toBe("b");
    const { record } = await ask("", { handlers, request: { model: "c" } });
    expect(record).toMatchObject({ is_error: true, error_code: "E513" });
    expect(record.error_message).toContain("a, b");
  });

  it("that lingers after its answer is stopped, and that is no error", async () => {
    const { record } = await ask(`setInterval(() => {}, 1000); text("done");`);
    expect(record).toMatchObject({ is_error: false, exit_code: 0, termination: "exited" });
    expect(record.duration_ms).toBeLessThan(5000);
  });
});

describe("our policy on what an agent asks leave for", () => {
  it.each(["edit", "delete", "move", "execute"])(
    "allows a writing run to %s in the workspace, once",
    async (kind) => {
      const { text, record } = await ask(outcome(call(kind, inWorkspace("new/a.txt"))));
      expect(text).toBe(ONCE);
      expect(record.denials).toEqual([]);
    },
  );

  it.each([
    ["an absolute path", '"/etc/passwd"'],
    ["a path that climbs", '"../outside.txt"'],
    ["a path through a link", '"link/a.txt"'],
  ])("refuses to edit outside the workspace by %s, and that is on record", async (_, path) => {
    mkdirSync(join(run.dir, "elsewhere"));
    symlinkSync(join(run.dir, "elsewhere"), join(run.workspace, "link"));
    const { text, record } = await ask(outcome(call("edit", path)));
    expect(text).toBe(NO);
    expect(record.denials).toEqual([`edit(${JSON.parse(path)})`]);
  });

  it.each([
    [
      "the change that it shows",
      `{ kind: "edit", content: [{ type: "diff", path: "/etc/x", newText: "x" }] }`,
    ],
    ["its input", `{ kind: "edit", rawInput: { file_path: "/etc/x" } }`],
  ])("finds the path in %s", async (_, toolCall) => {
    expect((await ask(outcome(toolCall))).text).toBe(NO);
  });

  it("knows what was said of the call before", async () => {
    const body = `
      say({ sessionUpdate: "tool_call", toolCallId: "c9", title: "Write", kind: "edit", locations: [{ path: "/etc/x" }] });
      ${outcome(`{ toolCallId: "c9", title: "Write" }`)}`;
    expect((await ask(body)).text).toBe(NO);
  });

  it.each(["edit", "delete", "move", "execute", "fetch", "switch_mode", "other"])(
    "refuses a reading run to %s",
    async (kind) => {
      const { text, record } = await ask(outcome(call(kind, inWorkspace("a.txt"))), { request: READ });
      expect(text).toBe(NO);
      expect(record.denials).toHaveLength(1);
    },
  );

  it.each(["read", "search", "think"])("allows a reading run to %s", async (kind) => {
    expect((await ask(outcome(call(kind, inWorkspace("a.txt"))), { request: READ })).text).toBe(ONCE);
  });

  it("never says yes for good, and cancels where there is no other way to say no", async () => {
    const always = `, [{ optionId: "always", name: "Always", kind: "allow_always" }]`;
    const body = outcome(call("edit", inWorkspace("a.txt")), always);
    expect((await ask(body)).text).toBe('{"outcome":"cancelled"}');
  });
});

describe("an agent that fails", () => {
  it.each<[string, string, Told, object]>([
    [
      "crashes",
      `console.error("boom hunter2"); process.exit(3);`,
      {},
      { error_code: "E510", outcome: "exit 3", exit_code: 3 },
    ],
    [
      "is killed",
      `process.kill(process.pid, "SIGKILL"); await wait(1000);`,
      {},
      { error_code: "E510", outcome: "signal SIGKILL" },
    ],
    ["ends with 0 before it answers", `process.exit(0);`, {}, { error_code: "E510", outcome: "exit 0" }],
    [
      "answers with an error",
      `throw Object.assign(new Error("no luck"), { data: "since" });`,
      {},
      { error_code: "E510", error_message: "no luck: since" },
    ],
    [
      "wants a login",
      `throw Object.assign(new Error("log in"), { code: -32000 });`,
      {},
      { error_code: "E503" },
    ],
    ["refuses", `done("refusal");`, {}, { error_code: "E515", result_events: 1 }],
    ["answers too long", `done("max_tokens");`, {}, { error_code: "E524" }],
    ["takes too many turns", `done("max_turn_requests");`, {}, { error_code: "E519" }],
    ["is cancelled", `done("cancelled");`, {}, { error_code: "E510" }],
    ["stops for a reason of its own", `done("tea");`, {}, { error_code: "E522" }],
    [
      "speaks another version",
      "",
      { handlers: `initialize: async () => ({ protocolVersion: 7 }),` },
      { error_code: "E522" },
    ],
    ["opens no session", "", { handlers: `"session/new": async () => ({}),` }, { error_code: "E522" }],
    [
      "never answers",
      "",
      { handlers: `initialize: () => new Promise(() => {}),`, options: { handshakeMs: 300 } },
      { error_code: "E522" },
    ],
    [
      "hangs",
      `await new Promise(() => {});`,
      { request: { limits: { seconds: 60, idleSeconds: 1 } } },
      { error_code: "E210", termination: "idle_limit" },
    ],
    [
      "takes too long",
      `for (;;) { text("."); await wait(50); }`,
      { request: { limits: { seconds: 1, idleSeconds: 30 } } },
      { error_code: "E211", termination: "time_limit" },
    ],
  ])("and %s is an error with its code", async (_, body, told, expected) => {
    const { record } = await ask(body, told);
    expect(record).toMatchObject({ is_error: true, ...expected });
    expect(record.error_message ?? "").not.toContain("hunter2");
  });

  it("and says why is quoted, without secrets", async () => {
    const { record } = await ask(`console.error("boom hunter2"); process.exit(3);`);
    expect(record.error_message).toContain("boom [redacted]");
  });

  it("and is no ACP agent at all is E522", async () => {
    const { record } = await ask("", { options: { command: ["/bin/echo", "hello"] } });
    expect(record).toMatchObject({ error_code: "E522", malformed_lines: 1, result_events: 0 });
  });

  it("and is not there is E501", async () => {
    const { record } = await ask("", { options: { command: [join(run.dir, "nothing")] } });
    expect(record).toMatchObject({ error_code: "E501", termination: "spawn_failed" });
  });

  it("and prints what is no message is counted, and read on", async () => {
    const body = `print("garbage\\n{half\\n[1]\\n\\n"); send({ id: 99, result: 1 }); text("ok");`;
    const { record, text } = await ask(body);
    expect(record).toMatchObject({ is_error: false, malformed_lines: 4 });
    expect(text).toBe("ok");
  });

  it("and prints a line of 9 MB is recorded as cut, and read on", async () => {
    const { record, text } = await ask(`print("x".repeat(9e6) + "\\n"); text("ok");`);
    expect(record).toMatchObject({ is_error: false, truncated: true });
    expect(text).toBe("ok");
  });

  it("and is aborted is recorded so", async () => {
    const stop = new AbortController();
    const onActivity = () => stop.abort();
    const body = `say({ sessionUpdate: "tool_call", toolCallId: "c", title: "t" }); await new Promise(() => {});`;
    const { record } = await ask(body, { request: { signal: stop.signal, onActivity } });
    expect(record).toMatchObject({ termination: "aborted", is_error: true, error_code: null });
  });
});

describe("before an agent is started", () => {
  const endpoint = { url: "https://api.example.com", url_env: "U", key_env: "K", variable: "MY_KEY" };

  it("a budget without an endpoint is E517: nobody would see what it spends", async () => {
    const request = { spending: createSpending(1, 0) };
    await expect(ask("", { request })).rejects.toMatchObject({ code: "E517" });
  });

  it("a missing key is E521, and a missing executable E501", async () => {
    const keyless = provider("", { options: { endpoint: { ...endpoint, key: null } } });
    await expect(keyless.check()).rejects.toMatchObject({ code: "E521" });
    const missing = provider("", { options: { command: [join(run.dir, "nothing")] } });
    await expect(missing.check()).rejects.toMatchObject({ code: "E501" });
  });

  it("says where its key is from, or that it can reach no network", async () => {
    const key = { secret: "k", source: "env MY_KEY" };
    const withKey = await provider("", { options: { endpoint: { ...endpoint, key } } }).check();
    expect(withKey.login).toBe("env MY_KEY, at api.example.com");
    expect((await provider("").check()).login).toContain("no network");
  });
});
