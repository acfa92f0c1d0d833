import { describe, expect, it } from "vitest";
import type { OwnCommand, RanCommand } from "../../src/runner/own-command.ts";
import type { TaskContext } from "../../src/runner/task-context.ts";
import { withTimeLimit } from "../../src/runner/time-limit.ts";

const settings = { timeouts: { operation_timeout_seconds: 120 } };
const context = () => ({ settings, resultRuns: new Map() }) as unknown as TaskContext;
const command = (on: OwnCommand["on"]): OwnCommand => ({
  ...{ purpose: "check", on, tree: "a".repeat(40), id: "C1", argv: ["npm", "test"] },
});
const took = (durationMs: number) => ({ result: { durationMs } }) as RanCommand;

/** @returns the limit that the run was given. */
async function limitOf(ctx: TaskContext, on: OwnCommand["on"], durationMs = 0): Promise<number> {
  let given = 0;
  await withTimeLimit(ctx, command(on), async (limitMs) => {
    given = limitMs;
    return took(durationMs);
  });
  return given;
}

describe("a command's time", () => {
  it("is what the settings say on base and result, and with the base's tests put back", async () => {
    const ctx = context();
    for (const on of ["base", "result", "restored"] as const) expect(await limitOf(ctx, on)).toBe(120_000);
  });

  it("is many times what it took on the result where it has to fail, and never more than the settings say", async () => {
    const ctx = context();
    await limitOf(ctx, "result", 1_000);
    expect(await limitOf(ctx, "hollow")).toBe(25_000);
    await limitOf(ctx, "result", 60_000);
    expect(await limitOf(ctx, "altered")).toBe(120_000);
  });

  it("is what the settings say where it has to fail and did not run on the result", async () => {
    expect(await limitOf(context(), "proof")).toBe(120_000);
  });
});
