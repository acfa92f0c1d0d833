/** Every case of `bench/fail-closed` with the built `pm`: no cheat gets COMPLETE, every honest twin does. */
import { describe, expect, it } from "vitest";
import { hasSandbox } from "../../bench/fail-closed/lib/has-sandbox.mjs";
import { FAMILIES, loadCases } from "../../bench/fail-closed/lib/load-cases.mjs";
import { playCase } from "../../bench/fail-closed/lib/play-case.mjs";

/** A case takes some two seconds alone; several are played at once, beside other tests. */
const LIMIT_MS = 150_000;

const isolation = hasSandbox() ? "sandbox" : "process";
const cases = await loadCases();

describe.each(FAMILIES)("fail-closed, %s", (family) => {
  for (const played of cases.filter((one) => one.family === family)) {
    const hole = played.needs === undefined ? "" : ` [a known hole: needs ${played.needs}]`;
    it.concurrent(
      `${played.name}: ${played.why}${hole}`,
      async (context) => {
        const outcome = await playCase(played, { isolation });
        if (outcome.verdict === "not run" || outcome.verdict === "not covered") context.skip(outcome.got);
        const expected = played.needs === undefined ? "ok" : "hole";
        expect(outcome.verdict, `${outcome.got}\n${outcome.faults.join("\n")}`).toBe(expected);
      },
      LIMIT_MS,
    );
  }
});

describe("the suite", () => {
  it("has at least 60 cheats that are no known hole, and 30 honest twins", () => {
    const sound = cases.filter(({ needs }) => needs === undefined);
    expect(sound.filter(({ family }) => family !== "honest").length).toBeGreaterThanOrEqual(60);
    expect(sound.filter(({ family }) => family === "honest").length).toBeGreaterThanOrEqual(30);
  });
});
