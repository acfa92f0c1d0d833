import { describe, expect, it } from "vitest";
import { runLoad } from "../../../bench/load/run-load.mjs";

describe("workers that are killed under load", () => {
  it("end every acknowledged task exactly once: none is lost, none ends twice", async () => {
    const report = await runLoad({ seconds: 10, killEveryMs: 200, workers: 3, perSecond: 60 });
    expect(report.lost).toEqual([]);
    expect(report.endedTwice).toEqual([]);
    expect(report.wronglyFailed).toEqual([]);
    const { COMPLETE = 0, ERROR = 0, ...others } = report.ended;
    expect(others).toEqual({});
    expect(COMPLETE + ERROR).toBe(report.submitted);
    // It was a test: workers did die at work, and others went on with it.
    expect(report.submitted).toBeGreaterThan(100);
    expect(report.kills).toBeGreaterThan(20);
    expect(report.takenOver).toBeGreaterThan(5);
    expect(COMPLETE).toBeGreaterThan(report.submitted * 0.8);
  }, 180_000);
});
