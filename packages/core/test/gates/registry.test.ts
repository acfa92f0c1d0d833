import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvalDigest } from "../../src/gates/approval-digest.ts";
import { evaluateGates } from "../../src/gates/registry.ts";
import type { TaskEvidence } from "../../src/gates/task-evidence.ts";
import { BASE, change, command, evidence, RESULT, run } from "./build-evidence.ts";

const outside = { change: change(["src/a.js", "lib/b.js"]) };
const waiverOf = (changes: Partial<TaskEvidence>, tree: string | null = RESULT) => {
  const { violations } = evaluateGates(evidence(changes));
  return { digest: approvalDigest(tree, violations), violations };
};

describe("a waiver", () => {
  it("waives what was seen", () => {
    const { violations, waived } = evaluateGates(evidence({ ...outside, waivers: [waiverOf(outside)] }));
    expect(violations).toEqual([]);
    expect(waived.map(({ code }) => code)).toEqual(["E221"]);
  });
  it("is void for another result tree", () => {
    const moved = { change: change(["src/a.js", "lib/b.js"], { result: "d".repeat(40) }) };
    const commands = evidence().commands.map((ran) =>
      ran.on === "result" ? { ...ran, tree: "d".repeat(40) } : ran,
    );
    expect(
      evaluateGates(evidence({ ...moved, commands, waivers: [waiverOf(outside)] })).violations,
    ).toHaveLength(1);
  });
  it("is void for another violation of the same kind", () => {
    const more = { change: change(["src/a.js", "lib/b.js", "lib/c.js"]) };
    expect(evaluateGates(evidence({ ...more, waivers: [waiverOf(outside)] })).violations).toHaveLength(1);
  });
  it("is void where its digest is not that of what it lists", () => {
    const waiver = waiverOf(outside);
    for (const forged of [
      { ...waiver, digest: approvalDigest(BASE, waiver.violations) },
      { ...waiver, digest: waiverOf({}).digest },
    ]) {
      expect(evaluateGates(evidence({ ...outside, waivers: [forged] })).violations).toHaveLength(1);
    }
  });
  it("does nothing for what nobody can approve, or what only a rerun mends", () => {
    for (const bad of [{ survivors: 1 }, { runs: [run({ exit_code: 1 })] }, { commands: [] }]) {
      const { violations } = evaluateGates(evidence(bad));
      expect(evaluateGates(evidence({ ...bad, waivers: [waiverOf(bad)] })).violations).toEqual(violations);
    }
  });
  it("has one digest for one set of violations, in any order, and another for any other", () => {
    const { violations } = waiverOf({ runs: [run({ denials: ["Bash"] })], ...outside });
    expect(violations.length).toBeGreaterThan(1);
    expect(approvalDigest(RESULT, [...violations].reverse())).toBe(approvalDigest(RESULT, violations));
    expect(approvalDigest(RESULT, violations.slice(1))).not.toBe(approvalDigest(RESULT, violations));
    expect(approvalDigest(null, violations)).not.toBe(approvalDigest("null", violations));
  });
});

/** Each makes evidence worse in one way. */
const WORSE: readonly ((from: TaskEvidence) => TaskEvidence)[] = [
  (from) => ({ ...from, runs: [...from.runs, run({ exit_code: 1 })] }),
  (from) => ({ ...from, runs: [...from.runs, run({ denials: ["Bash"] })] }),
  (from) => ({
    ...from,
    runs: from.runs.map((each) => ({ ...each, record: { ...each.record, truncated: true } })),
  }),
  (from) => ({ ...from, openRuns: [...from.openRuns, { run_id: "r", phase: "QA" }] }),
  (from) => ({ ...from, phases: from.phases.slice(1) }),
  (from) => ({ ...from, survivors: from.survivors + 1 }),
  (from) => ({ ...from, providerObjection: "left over" }),
  (from) => ({ ...from, executionSeconds: from.executionSeconds + 400 }),
  (from) => ({ ...from, prompt: `${from.prompt}\n- also \`never covered\`` }),
  (from) => ({ ...from, commands: from.commands.filter(({ on }) => on !== "base") }),
  (from) => ({ ...from, commands: from.commands.filter(({ purpose }) => purpose !== "check") }),
  (from) => ({ ...from, commands: [...from.commands, command("result", "npm test", 1)] }),
  (from) => ({ ...from, commands: [...from.commands, command("proof", "C1", 0)] }),
  (from) => ({
    ...from,
    commands: from.commands.map((ran) => (ran.on === "base" ? ran : { ...ran, tests: null })),
  }),
  (from) => ({ ...from, personChecks: [...from.personChecks, ["never", "ran"]] }),
  (from) => withChange(from, { escapes: [{ path: "x", reason: "out" }] }),
  (from) => withChange(from, { secrets: [{ path: "x", kind: "a key" }] }),
  (from) => withChange(from, { scripts_changed: ["package.json"] }),
  (from) => withChange(from, { switched_off: [{ path: "src/slug.js", mark: "@ts-nocheck" }] }),
  (from) => withChange(from, { files: change(["yarn.lock", "1", "2", "3", "4", "5", "6"]).files }),
];

function withChange(from: TaskEvidence, more: Partial<NonNullable<TaskEvidence["change"]>>): TaskEvidence {
  return from.change === null ? from : { ...from, change: { ...from.change, ...more } };
}

describe("evaluateGates", () => {
  it("never finds less where the evidence is worse", () => {
    const ways = fc.subarray([...WORSE.keys()]);
    const codes = (from: TaskEvidence) => new Set(evaluateGates(from).violations.map(({ code }) => code));
    const apply = (chosen: readonly number[]) =>
      chosen.reduce((from, way) => WORSE[way]?.(from) ?? from, evidence());
    fc.assert(
      fc.property(ways, fc.nat(WORSE.length - 1), (chosen, way) => {
        const before = codes(apply(chosen));
        const after = codes(WORSE[way]?.(apply(chosen)) ?? apply(chosen));
        const without = new Set([...before].filter((code) => !after.has(code)));
        // Where QA did not run at all, that stands for all that its commands could have shown.
        if (after.has("E224")) for (const code of ["E223", "E225", "E226"] as const) without.delete(code);
        // Nor is told what becomes of the base's tests where QA fails, or nothing is known of the base.
        if (["E223", "E224", "E226"].some((code) => [...after].includes(code as never)))
          without.delete("E237");
        expect([...without]).toEqual([]);
        expect(after.size).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  it("is the same for the same evidence, and fills every message and hint", () => {
    fc.assert(
      fc.property(fc.subarray([...WORSE.keys()]), (chosen) => {
        const worse = chosen.reduce((from, way) => WORSE[way]?.(from) ?? from, evidence());
        const { violations } = evaluateGates(worse);
        expect(evaluateGates(structuredClone(worse)).violations).toEqual(violations);
        for (const violation of violations) {
          expect(`${violation.message} ${violation.hint}`).not.toMatch(/(?:^|\s)\?|\{\w+\}/);
          expect(violation.task_id).toBe("task-1");
        }
      }),
    );
  });
});
