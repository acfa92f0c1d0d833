import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { TaskInput } from "../../src/runner/engine.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { type Files, makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Each of its runs costs half a dollar, four of them make a task. */
async function run(
  task: Partial<TaskInput>,
  { files = {}, script = HONEST }: { files?: Files; script?: Script } = {},
) {
  const project = makeProject(files);
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider });
  const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [], ...task }];
  const result = await engine.start({ project, tasks });
  return { result, engine, requests: provider.requests };
}

const settings = (value: object): Files => ({ ".claude/settings.json": JSON.stringify(value) });

describe("a task with a budget", () => {
  it("ends ERROR when it is used up, starts no run more, and tells what was spent", async () => {
    const { result, requests, engine } = await run({ budgetUsd: 0.9 });
    expect(result).toMatchObject({
      overall_status: "ERROR",
      violations: [{ code: "E516", message: "The budget of $0.90 is used up ($1.00 spent)." }],
      tasks: [{ cost_usd: 1, landed: false }],
    });
    expect(requests.map(({ phase }) => phase)).toEqual(["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION"]);
    expect(await engine.verify(result.session_id)).toMatchObject({ ok: true, overall_status: "ERROR" });
  });

  it("is COMPLETE where the budget is enough", async () => {
    const { result, requests } = await run({ budgetUsd: 1.9 });
    expect(result).toMatchObject({ overall_status: "COMPLETE", tasks: [{ cost_usd: 2 }] });
    expect(requests.map(({ spending }) => spending.budgetUsd)).toEqual([1.9, 1.9, 1.9, 1.9]);
    expect(requests.at(-1)?.spending.remainingUsd()).toBe(0);
  });

  it("takes the one of settings.json where it has none of its own", async () => {
    const files = settings({ budget_usd: 0.4 });
    expect((await run({}, { files })).result.violations).toMatchObject([{ code: "E516" }]);
    expect((await run({ budgetUsd: 5 }, { files })).result.overall_status).toBe("COMPLETE");
  });

  it("refuses a budget in settings.json that is none", async () => {
    for (const budget_usd of [0, -1, "2", 1e9]) {
      await expect(run({}, { files: settings({ budget_usd }) })).rejects.toMatchObject({ code: "E108" });
    }
  });

  it("says that a run's price is unknown, and counts its tokens", async () => {
    const usage = {
      ...{ input_tokens: 10, output_tokens: 5, cache_read_tokens: 3, cache_write_tokens: 1 },
      cost_usd: null,
    };
    const act = HONEST.PLANNING;
    if (typeof act !== "object") throw new Error("not as expected");
    const { result } = await run({}, { script: { ...HONEST, PLANNING: { ...act, record: { usage } } } });
    expect(result.tasks).toMatchObject([
      {
        cost_usd: 1.5,
        usage: { input_tokens: 13, output_tokens: 8, cache_read_tokens: 3, unpriced_runs: 1 },
      },
    ]);
  });
});
