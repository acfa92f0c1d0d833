/** The real CLI under a budget: each of its model calls is admitted at the gateway, or the run as a whole without one. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, createSpending } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type MessagesServer,
  type Script,
  startMessagesServer,
} from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { createClaudeCodeProvider } from "../../src/index.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";
import { REAL_CLAUDE } from "../support/real-claude.ts";
import { writeStandIn } from "../support/stand-in.ts";

/** The scripted model says five tokens a turn, so each call costs a dollar. */
const PRICES = { "priced-1": { input: 0, output: 200_000 } };

let run: TestRun;
let server: MessagesServer | undefined;
beforeEach(() => {
  run = makeTestRun();
});
afterEach(async () => {
  await server?.close();
  rmSync(run.dir, { recursive: true, force: true });
});

/** Never done by itself: each turn asks for one more look. */
const endless: Script = () => turn.tool("Bash", { command: "true" });
const calls = () => server?.requests.filter(({ index }) => index >= 0).length ?? 0;

async function provider(script: Script) {
  server = await startMessagesServer(script);
  return createClaudeCodeProvider({
    command: REAL_CLAUDE,
    env: { PATH: process.env.PATH, ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: "sk-ant-api03-canary" },
    homeDir: join(run.dir, "person"),
    redactor: { redact: (text) => text },
    prices: PRICES,
  });
}
const request = (more: Partial<AgentRunRequest>) =>
  run.request({ exec: isolatedExec(run), model: "priced-1", ...more });

describe("a budget, with the real Claude Code", () => {
  it("ends the run as soon as it is used up, at the first refusal, and says so", async () => {
    const claude = await provider(endless);
    const { record } = await claude.run(request({ spending: createSpending(2.5, 0) }));
    expect(record).toMatchObject({ is_error: true, error_code: "E516", termination: "exited" });
    expect(record.error_message).toBe("The budget of $2.50 is used up ($3.00 spent).");
    expect(record.usage.cost_usd).toBeCloseTo(3, 5);
    expect(calls()).toBe(3);
    expect(run.activities.filter(({ kind }) => kind === "retry")).toEqual([]);
  }, 60_000);

  it("is overshot by one call at most, though two runs spend it side by side", async () => {
    const claude = await provider(endless);
    const other = makeTestRun();
    const spending = createSpending(2.5, 0);
    try {
      const results = await Promise.all([
        claude.run(request({ spending })),
        claude.run(other.request({ exec: isolatedExec(other), model: "priced-1", spending })),
      ]);
      expect(results.map(({ record }) => record.error_code)).toEqual(["E516", "E516"]);
      expect(calls()).toBe(3);
      const costs = results.map(({ record }) => record.usage.cost_usd ?? 0);
      expect(costs.reduce((sum, cost) => sum + cost)).toBeCloseTo(3, 5);
    } finally {
      rmSync(other.dir, { recursive: true, force: true });
    }
  }, 90_000);

  it("that is enough changes nothing", async () => {
    const claude = await provider([turn.text("done")]);
    const spending = createSpending(2.5, 0);
    const { record } = await claude.run(request({ spending }));
    expect(record).toMatchObject({ is_error: false, error_code: null });
    expect(spending.remainingUsd()).toBeCloseTo(1.5, 5);
  }, 60_000);

  it("starts nothing where the price of the model is not known", async () => {
    const claude = await provider(endless);
    const ended = claude.run(request({ spending: createSpending(5, 0), model: "nobody-knows-1" }));
    await expect(ended).rejects.toMatchObject({ code: "E517" });
    expect(calls()).toBe(0);
  });

  it("ends the run where only the answer names a model of no known price", async () => {
    const claude = await provider(endless);
    const { record } = await claude.run(request({ spending: createSpending(5, 0), model: "unpriced" }));
    expect(record).toMatchObject({ is_error: true, error_code: "E517" });
    expect(record.error_message).toContain("unpriced");
    expect(calls()).toBe(1);
  }, 60_000);
});

describe("a budget, with an executable that asks the API by itself", () => {
  const standIn = (body: string) =>
    createClaudeCodeProvider({
      command: [writeStandIn(join(run.dir, "bin"), body)],
      env: { PATH: process.env.PATH },
      homeDir: join(run.dir, "person"),
      redactor: { redact: (text) => text },
    });

  it("is what the executable is told to keep to, and its cost settles the run", async () => {
    const spending = createSpending(2, 0.5);
    const body = `init(); result({ result: args[args.indexOf("--max-budget-usd") + 1] });`;
    const { record, text } = await standIn(body).run(run.request({ spending }));
    expect(text).toBe("1.5");
    expect(record).toMatchObject({ is_error: false });
    expect(spending.remainingUsd()).toBe(1);
  });

  it("that it says it has used up is E516", async () => {
    const body = `init(); result({ subtype: "error_max_budget_usd", is_error: true, total_cost_usd: 2.1 }); process.exit(1);`;
    const { record } = await standIn(body).run(run.request({ spending: createSpending(2, 0) }));
    expect(record).toMatchObject({ is_error: true, error_code: "E516" });
  });

  it("can't be kept where it does not say what it spent", async () => {
    const body = `init(); result({ total_cost_usd: undefined });`;
    const { record } = await standIn(body).run(run.request({ spending: createSpending(2, 0) }));
    expect(record).toMatchObject({ is_error: true, error_code: "E517" });
  });
});
