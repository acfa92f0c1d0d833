/** A real agent package that speaks ACP, in the real isolation, with a scripted model behind the gateway. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AgentRunRequest, type AgentRunResult, agentRunRecordSchema, createSpending } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesHolding } from "../../../../test/support/files-holding.ts";
import {
  type MessagesServer,
  type Script,
  startMessagesServer,
} from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { createAcpProvider } from "../../src/index.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";

const KEY = "sk-ant-api03-canary-7f3a9c51d2e84b60";
const AGENT = fileURLToPath(new URL("../../../../node_modules/.bin/claude-code-acp", import.meta.url));
/** The scripted model says five tokens a turn, so each call costs a dollar. */
const PRICES = { scripted: { input: 0, output: 200_000 } };

let run: TestRun;
let server: MessagesServer | undefined;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(async () => {
  await server?.close();
  rmSync(run.dir, { recursive: true, force: true });
});

/** Beside the conversation, Claude Code asks a small model about each command. */
const inTurn = (...turns: turn.Turn[]): Script => {
  const left = [...turns];
  return ({ body }) => (body.model === "scripted" ? left.shift() : undefined) ?? turn.text("none");
};
const asked = () => server?.requests.filter(({ body }) => body?.model === "scripted") ?? [];

async function ask(script: Script, overrides: Partial<AgentRunRequest> = {}): Promise<AgentRunResult> {
  server = await startMessagesServer(script);
  const provider = createAcpProvider({
    name: "zed",
    command: [AGENT],
    env: {
      ANTHROPIC_MODEL: "scripted",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: "1",
    },
    endpoint: {
      url: server.url,
      url_env: "ANTHROPIC_BASE_URL",
      key_env: "ANTHROPIC_API_KEY",
      key: { secret: KEY, source: "env ANTHROPIC_API_KEY" },
      variable: "ANTHROPIC_API_KEY",
    },
    prices: PRICES,
    redactor: { redact: (text) => text },
  });
  const exec = isolatedExec(run, overrides.access ?? "write");
  const result = await provider.run(run.request({ exec, model: "scripted", ...overrides }));
  agentRunRecordSchema.parse(result.record);
  return result;
}

describe("the real claude-code-acp", () => {
  it("does the work in the isolation, and holds no key", async () => {
    const result = await ask(
      inTurn(
        turn.tool("Write", { file_path: join(run.workspace, "a.txt"), content: "hello" }),
        turn.tool("Bash", { command: "env > env.txt; cp a.txt b.txt" }),
        turn.text("done"),
      ),
    );
    expect(result.record, result.transcript).toMatchObject({
      exit_code: 0,
      termination: "exited",
      result_events: 1,
      is_error: false,
      tool_calls: 2,
      denials: [],
      malformed_lines: 0,
      survivors: 0,
      error_code: null,
    });
    expect(result.text).toBe("done");
    expect(readFileSync(join(run.workspace, "b.txt"), "utf8")).toBe("hello");
    expect(result.record.usage).toMatchObject({
      output_tokens: 5 * (server?.requests.filter(({ index }) => index >= 0).length ?? 0),
    });
    expect(result.record.usage.cost_usd).toBeCloseTo(3, 2);
    expect(result.record.agent_version).toContain("claude-code-acp");
    expect(filesHolding(run.dir, KEY)).toEqual([]);
    expect(JSON.stringify([result, run.activities])).not.toContain(KEY);
    expect(server?.requests.find(({ index }) => index === 0)?.headers["x-api-key"]).toBe(KEY);
  }, 60_000);

  it("is refused commands and edits in a reading run", async () => {
    const { record } = await ask(inTurn(turn.tool("Bash", { command: "touch x" }), turn.text("done")), {
      access: "read",
    });
    expect(record.denials).toEqual(["execute(touch x)"]);
  }, 60_000);

  it("stops when the budget is used up, whatever its models want and however they take turns", async () => {
    const endless = () => turn.tool("Bash", { command: "echo a; ls | head" });
    const { record } = await ask(endless, { spending: createSpending(1.5, 0) });
    expect(record).toMatchObject({ is_error: true, error_code: "E516" });
    expect(record.usage.cost_usd).toBeCloseTo(2, 2);
    expect(asked()).toHaveLength(2);
  }, 60_000);
});
