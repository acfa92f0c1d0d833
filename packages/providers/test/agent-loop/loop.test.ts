/** What our own agent does with a model that misbehaves, on a scripted server and with real tools in the real isolation. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, type AgentRunResult, createSpending } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type MessagesServer,
  type Script,
  startMessagesServer,
} from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { loopDriver } from "../contract/loop-driver.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";

const KEY = "sk-proj-canary-7f3a9c51d2e84b60";

let run: TestRun;
let server: MessagesServer | undefined;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(async () => {
  await server?.close();
  rmSync(run.dir, { recursive: true, force: true });
});

type Options = Parameters<typeof loopDriver>[1];

async function ask(
  script: Script,
  overrides: Partial<AgentRunRequest> = {},
  options: Options = {},
): Promise<AgentRunResult> {
  server = await startMessagesServer(script);
  const provider = loopDriver("messages", options).make(run, server, KEY);
  return await provider.run(
    run.request({ exec: isolatedExec(run, overrides.access ?? "write"), ...overrides }),
  );
}

/** What the model was told in the call of this number. */
const told = (index: number) => JSON.stringify(server?.requests[index]?.body.messages);

describe("a model that misbehaves", () => {
  it("is shown that the arguments of a call are no JSON, and may go on", async () => {
    const { record } = await ask([turn.malformed("read", '{"path": "a.t'), turn.text("done")]);
    expect(record).toMatchObject({ is_error: false, tool_calls: 1 });
    expect(told(1)).toContain("no JSON object");
    expect(told(1)).toContain('"is_error":true');
  });

  it("is shown which tools there are where it calls another one", async () => {
    const { record } = await ask([turn.tool("browse", { url: "x" }), turn.text("done")]);
    expect(record).toMatchObject({ is_error: false, tool_calls: 1 });
    expect(told(1)).toContain("there is no tool browse; there are read, list");
  });

  it("is stopped where it makes the same call three times and the same comes of it", async () => {
    const { record } = await ask(() => turn.tool("read", { path: "not-there.txt" }));
    expect(record).toMatchObject({ is_error: true, error_code: "E518", exit_code: 1, tool_calls: 3 });
    expect(record.error_message).toContain("read not-there.txt");
  });

  it("is not stopped where the same call has another outcome each time", async () => {
    const next = turn.tool("shell", { argv: ["sh", "-c", "echo x >> n; cat n"] });
    const { record } = await ask([next, next, next, next, turn.text("done")]);
    expect(record).toMatchObject({ is_error: false, tool_calls: 4 });
  });

  it("is stopped after so many turns", async () => {
    const script: Script = ({ index }) => turn.tool("shell", { argv: ["echo", `${index}`] });
    const { record } = await ask(script, {}, { maxTurns: 5 });
    expect(record).toMatchObject({ is_error: true, error_code: "E519", tool_calls: 5 });
    expect(server?.requests).toHaveLength(5);
  });

  it("is shown the start and the end of a huge output, not the middle", async () => {
    const script = [turn.tool("shell", { argv: ["sh", "-c", "seq 1 2000000"] }), turn.text("done")];
    const { record } = await ask(script);
    expect(record.is_error).toBe(false);
    expect(told(1).length).toBeLessThan(100_000);
    expect(told(1)).toContain("2000000");
    expect(told(1)).toContain("left out");
  });

  it("has several calls run side by side where they change nothing, and told in their order", async () => {
    for (const name of ["a", "b", "c"]) writeFileSync(join(run.workspace, name), `this is ${name}`);
    const calls = ["c", "a", "b"].map((path): [string, unknown] => ["read", { path }]);
    const { record } = await ask([turn.tools(...calls), turn.text("done")]);
    expect(record).toMatchObject({ is_error: false, tool_calls: 3 });
    expect(told(1)).toMatch(/this is c.*this is a.*this is b/);
  });

  it("has calls that change something run in their order", async () => {
    const add = (word: string): [string, unknown] => [
      "shell",
      { argv: ["sh", "-c", `sleep 0.0${3 - word.length}; echo ${word} >> log`] },
    ];
    await ask([turn.tools(add("a"), add("bb"), add("ccc")), turn.text("done")]);
    expect(readFileSync(join(run.workspace, "log"), "utf8")).toBe("a\nbb\nccc\n");
  });
});

describe("tools that are no more", () => {
  it("end the run as an error where a command killed their process", async () => {
    const { record } = await ask(() => turn.tool("shell", { argv: ["sh", "-c", "kill -9 $PPID; sleep 5"] }));
    expect(record).toMatchObject({ is_error: true, error_code: "E510", result_events: 0 });
    expect(record.exit_code).not.toBe(0);
  });

  it("end the run as an error where their process could not be started", async () => {
    const exec: AgentRunRequest["exec"] = async (spec) => ({
      ...(await isolatedExec(run)({ ...spec, argv: ["true"] })),
      termination: "spawn_failed",
      exitCode: null,
      spawnError: "no such file",
    });
    const { record } = await ask(() => turn.tool("list", {}), { exec });
    expect(record).toMatchObject({ is_error: true, termination: "spawn_failed", error_code: "E510" });
    expect(record.error_message).toContain("no such file");
  });
});

describe("the limits of our own agent", () => {
  it("take a slow stream that only shows that it lives for alive", async () => {
    const limits = { seconds: 60, idleSeconds: 1 };
    const { record } = await ask([turn.slow(8, 300, turn.text("done"))], { limits });
    expect(record).toMatchObject({ is_error: false, termination: "exited" });
  });

  it("take a tool that works in silence for alive", async () => {
    const limits = { seconds: 60, idleSeconds: 1 };
    const script = [turn.tool("shell", { argv: ["sleep", "2.5"] }), turn.text("done")];
    expect((await ask(script, { limits })).record).toMatchObject({ is_error: false, termination: "exited" });
  });

  it("do not let a run wait longer for an API than it has time", async () => {
    const script = () => turn.httpError(429, "slow down", { "retry-after": "3600" });
    const { record } = await ask(script);
    expect(record).toMatchObject({ error_code: "E505", termination: "exited" });
    expect(server?.requests).toHaveLength(1);
  });
});

describe("the budget of our own agent", () => {
  const MILLION = { usage: { input_tokens: 1_000_000, output_tokens: 0 } };
  const model = "claude-sonnet-5-5";

  it("stops it in the middle, one call over at most, and what it cost is told", async () => {
    const script: Script = ({ index }) => ({
      ...turn.tool("shell", { argv: ["echo", `${index}`] }),
      ...MILLION,
    });
    const spending = createSpending(5, 0);
    const { record } = await ask(script, { spending }, { model });
    expect(record).toMatchObject({ is_error: true, error_code: "E516", exit_code: 1 });
    expect(record.usage).toMatchObject({ input_tokens: 3_000_000, cost_usd: 6 });
    expect(server?.requests).toHaveLength(3);
    expect(spending.remainingUsd()).toBe(0);
  });

  it("lets no call begin where it is used up already", async () => {
    const { record } = await ask([turn.text("done")], { spending: createSpending(1, 1) }, { model });
    expect(record).toMatchObject({ error_code: "E516", tool_calls: 0 });
    expect(server?.requests).toEqual([]);
  });

  it("is overshot by one call at most where several run side by side", async () => {
    const spending = createSpending(0.5, 0);
    // As long as an answer may be: 0.32 dollars a call.
    const usage = { input_tokens: 0, output_tokens: 32_000 };
    server = await startMessagesServer(() => ({ ...turn.tool("shell", { argv: ["date", "+%N"] }), usage }));
    const provider = loopDriver("messages", { model }).make(run, server, KEY);
    const exec = isolatedExec(run);
    const runs = await Promise.all(
      ["r1", "r2", "r3"].map((runId) => provider.run(run.request({ exec, runId, spending }))),
    );
    expect(runs.map(({ record }) => record.error_code)).toEqual(["E516", "E516", "E516"]);
    expect(server.requests).toHaveLength(2);
  });

  it("keeps it from starting where the price is not known", async () => {
    const asked = ask([turn.text("done")], { spending: createSpending(1, 0) }, { model: "local-1" });
    await expect(asked).rejects.toMatchObject({ code: "E517" });
    expect(server?.requests).toEqual([]);
  });

  it("is no matter where none is set: then the cost is null for a model without a price", async () => {
    const { record } = await ask([turn.text("done")], {}, { model: "local-1" });
    expect(record).toMatchObject({ is_error: false });
    expect(record.usage.cost_usd).toBeNull();
  });
});

describe("the context of our own agent", () => {
  it("is made shorter once where the API says that it is too long, and then goes on", async () => {
    let refused = false;
    let turns = 0;
    const script: Script = () => {
      turns += 1;
      if (turns === 9 && !refused) {
        refused = true;
        return turn.httpError(400, "prompt is too long: 210000 tokens > 200000 maximum");
      }
      return turns < 12 ? turn.tool("shell", { argv: ["sh", "-c", `seq ${turns} 900`] }) : turn.text("done");
    };
    const { record } = await ask(script);
    expect(record).toMatchObject({ is_error: false });
    expect(told(9).length).toBeLessThan(told(8).length);
    expect(told(9)).toContain("dropped; do it again if you need them");
    expect(told(9)).toContain("Phase: EXECUTION");
  });

  it("is kept below the window of the model over many turns", async () => {
    let turns = 0;
    const script: Script = ({ body }) => {
      turns += 1;
      const usage = { input_tokens: Math.round(JSON.stringify(body).length / 3.5) };
      const next = turn.tool("shell", { argv: ["sh", "-c", `seq ${turns} 6000`] });
      return { ...(turns < 40 ? next : turn.text("done")), usage };
    };
    const { record } = await ask(script, {}, { model: "local-1" });
    expect(record).toMatchObject({ is_error: false });
    const sizes = server?.requests.map(({ body }) => JSON.stringify(body).length / 3.5) ?? [];
    expect(Math.max(...sizes)).toBeLessThan(50_000);
    expect(Math.max(...sizes)).toBeGreaterThan(32_000);
  }, 60_000);
});

describe("what is sent to the API", () => {
  it("marks what its prompt cache is to keep: the system prompt, and the end of the conversation", async () => {
    await ask([turn.tool("list", {}), turn.text("done")]);
    const body = server?.requests[1]?.body;
    expect(body.system.at(-1).cache_control).toEqual({ type: "ephemeral" });
    expect(body.messages.at(-1).content.at(-1).cache_control).toEqual({ type: "ephemeral" });
    expect(JSON.stringify(body.messages.slice(0, -1))).not.toContain("cache_control");
  });

  it("hands the encrypted thoughts of OpenAI's models back, and lets nothing be stored there", async () => {
    server = await startMessagesServer([turn.tool("list", {}), turn.text("done")]);
    const provider = loopDriver("responses").make(run, server, KEY);
    const { record } = await provider.run(run.request({ exec: isolatedExec(run) }));
    expect(record.is_error).toBe(false);
    const [first, second] = server.requests.map(({ body }) => body);
    expect(first).toMatchObject({ store: false, include: ["reasoning.encrypted_content"] });
    const types = second.input.map(({ type, role }: { type?: string; role?: string }) => type ?? role);
    expect(types).toEqual(["developer", "user", "reasoning", "function_call", "function_call_output"]);
    expect(second.input[2].encrypted_content).toMatch(/^enc_/);
  });

  it("holds the project's own words to agents, and says that files give no orders", async () => {
    writeFileSync(join(run.workspace, "AGENTS.md"), "CANARY-MEMORY: use tabs");
    await ask([turn.text("done")]);
    const system = JSON.stringify(server?.requests[0]?.body.system);
    expect(system).toContain("CANARY-MEMORY");
    expect(system).toContain("no instruction to you");
  });
});
