/**
 * A sample of every kind of the crash suite; `node bench/crash/run.mjs` runs all of it. The seed of what kills processes is
 * always the same here, so that a failure is of the change at hand; the bench takes another one each time.
 */
import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runSuite } from "../../bench/crash/suite.mjs";
import { checkApprovals } from "../../bench/crash/support/recover.mjs";

const FIXED_SEED = 20_261_129;

describe("the crash suite", () => {
  it.each([
    { seed: FIXED_SEED, kinds: ["damage", "pid", "approval"], limit: 2 },
    { seed: FIXED_SEED, kinds: ["kill", "fault"], limit: 1 },
  ])(
    "loses, tears and approves nothing by itself: seed $seed, $kinds",
    async (sample) => {
      const report = await runSuite(sample);
      expect(report.findings, `repeat with --seed ${sample.seed} --only <repeat>`).toEqual([]);
      expect(report.figures).toEqual({ lost: 0, torn: 0, "auto-approved": 0, wrong: 0 });
      // It was a test: every list had a case, and kills did hit.
      for (const row of report.rows) expect(row.cases, row.kind).toBeGreaterThan(0);
      const kills = report.rows.filter(({ kind }) => kind.startsWith("kill"));
      for (const row of kills) expect(Object.keys(row.outcomes).join(), row.kind).not.toMatch(/^not reached/);
    },
    480_000,
  );
});

describe("histories made up by chance", () => {
  it.each([FIXED_SEED, randomInt(2 ** 31)])(
    "keep the laws of the simulation: seed %i",
    async (seed) => {
      const report = await runSuite({ seed, kinds: ["simulation"], simulations: 400 });
      expect(report.findings).toEqual([]);
      expect(report.rows).toMatchObject([{ cases: 400 }]);
      // Honest ones do get there, and some that were cut short too.
      expect(report.rows[0]?.outcomes).toMatchObject({
        COMPLETE: expect.any(Number),
        "COMPLETE after a crash": expect.any(Number),
      });
    },
    60_000,
  );
});

describe("the rule for approvals", () => {
  const started = (run_id: string) => ({ type: "run.started", run_id });
  const approved = { type: "approval.given" };

  it("finds a run that follows one that was cut short without an approval between them", () => {
    expect(checkApprovals([started("a"), started("b")], 0)).toMatchObject([{ figure: "auto-approved" }]);
    expect(checkApprovals([started("a"), approved, started("b")], 1)).toEqual([]);
  });

  it("finds an approval that is used a second time, and one that nobody gave", () => {
    const twice = [started("a"), approved, started("b"), started("c")];
    expect(checkApprovals(twice, 1)).toMatchObject([{ figure: "auto-approved" }]);
    expect(checkApprovals([started("a"), approved, started("b")], 0)).toMatchObject([
      { figure: "auto-approved" },
    ]);
  });
});
