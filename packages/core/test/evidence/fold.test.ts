import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent, JournalLine } from "../../src/evidence/events.ts";
import { applyLine, assertAllowed, foldSession, overallStatus } from "../../src/evidence/fold.ts";
import type { SessionState } from "../../src/evidence/session-state.ts";
import { violationOf } from "../../src/gates/violation-of.ts";
import { PHASES, type Phase } from "../../src/lifecycle/phases.ts";

const T = "task-1";
const HEX = (digit: string, length: number) => digit.repeat(length);
const REF = { name: "x", sha256: HEX("a", 64), bytes: 1, encoding: "identity" } as const;
const violation = violationOf(
  "E223",
  "qa",
  "INCOMPLETE",
  {},
  { approval: "rerun", rerunFrom: "EXECUTION", taskId: T },
);
const where = (phase: Phase) => ({ task_id: T, phase, attempt: 1 });

const OPENING: JournalEvent[] = [
  {
    type: "session.opened",
    session_id: "session-1",
    project: "/p",
    pm_version: "0",
    provider: "replay",
    model: null,
  },
  { type: "session.attached", fence: 1, pid: 1, pm_version: "0", isolation: "sandbox", settings: REF },
  { type: "task.submitted", task_id: T, prompt: "do", kind: "change", scope: [], checks: [] },
];

/** Every event that could come at some time, whether or not it may come now. */
const EVENTS: JournalEvent[] = [
  { type: "snapshot.taken", task_id: T, base: HEX("1", 40), files: 1 },
  ...PHASES.map((phase): JournalEvent => ({ type: "phase.started", ...where(phase) })),
  ...PHASES.map((phase): JournalEvent => ({ type: "phase.passed", ...where(phase), evidence: [] })),
  ...PHASES.map(
    (phase): JournalEvent => ({ type: "phase.failed", ...where(phase), violations: [violation] }),
  ),
  {
    type: "result.captured",
    ...where("EXECUTION"),
    subtask_id: null,
    tree: HEX("2", 40),
    changes: REF,
    patch: REF,
    survivors: 0,
  },
  { type: "gates.evaluated", task_id: T, violations: [], waived: [] },
  { type: "gates.evaluated", task_id: T, violations: [violation], waived: [] },
  { type: "landing.started", task_id: T, from: HEX("1", 40), to: HEX("2", 40), paths: 1 },
  { type: "landing.finished", task_id: T, tree: HEX("2", 40) },
  { type: "landing.merged", task_id: T, base: HEX("3", 40), tree: HEX("4", 40), changes: REF },
  { type: "landing.conflicted", task_id: T, now: HEX("3", 40), violations: [violation] },
  { type: "task.interrupted", task_id: T, phase: null },
  { type: "task.cancelled", task_id: T },
  { type: "task.failed", task_id: T, violations: [violation] },
  {
    type: "approval.given",
    task_id: T,
    digest: HEX("5", 64),
    effect: "accept",
    rerun_from: null,
    violations: [violation],
    note: null,
  },
  {
    type: "approval.given",
    task_id: T,
    digest: HEX("5", 64),
    effect: "rerun",
    rerun_from: "EXECUTION",
    violations: [violation],
    note: null,
  },
  { type: "approval.expired", task_id: T, digest: HEX("5", 64) },
  { type: "report.written", task_id: T, status: "COMPLETE", markdown: REF, json: REF },
  { type: "task.ended", task_id: T, status: "COMPLETE" },
];

function linesOf(events: readonly JournalEvent[]): JournalLine[] {
  return events.map((event, index) => ({
    seq: index + 1,
    prev: HEX("0", 64),
    at: "2026-01-01T00:00:00.000Z",
    event,
  }));
}

/** Plays what is allowed of `events` and leaves the rest out, as the engine would. */
function play(events: readonly JournalEvent[]): { state: SessionState; played: JournalEvent[] } {
  const played = [...OPENING];
  const state = foldSession(linesOf(played));
  for (const event of events) {
    try {
      assertAllowed(state, event);
    } catch {
      continue;
    }
    played.push(event);
    const line = linesOf(played).at(-1);
    if (line) applyLine(state, line);
  }
  return { state, played };
}

const HONEST: JournalEvent[] = [
  { type: "snapshot.taken", task_id: T, base: HEX("1", 40), files: 1 },
  ...PHASES.slice(0, 5).flatMap((phase): JournalEvent[] => [
    { type: "phase.started", ...where(phase) },
    { type: "phase.passed", ...where(phase), evidence: [] },
  ]),
  { type: "phase.started", ...where("COMPLETION_VALIDATION") },
  { type: "gates.evaluated", task_id: T, violations: [], waived: [] },
  { type: "phase.passed", ...where("COMPLETION_VALIDATION"), evidence: [] },
  { type: "landing.finished", task_id: T, tree: HEX("2", 40) },
  { type: "phase.started", ...where("REPORT") },
  { type: "report.written", task_id: T, status: "COMPLETE", markdown: REF, json: REF },
  { type: "task.ended", task_id: T, status: "COMPLETE" },
];

/** An honest run that a gate objected to. */
const STOPPED: JournalEvent[] = [
  ...HONEST.slice(0, 11),
  { type: "phase.started", ...where("COMPLETION_VALIDATION") },
  { type: "gates.evaluated", task_id: T, violations: [violation], waived: [] },
  { type: "phase.failed", ...where("COMPLETION_VALIDATION"), violations: [violation] },
  { type: "phase.started", ...where("REPORT") },
  { type: "report.written", task_id: T, status: "INCOMPLETE", markdown: REF, json: REF },
  { type: "task.ended", task_id: T, status: "INCOMPLETE" },
];

describe("foldSession", () => {
  it("is COMPLETE for a whole run, and for no proper prefix of it", () => {
    expect(overallStatus(play(HONEST).state)).toBe("COMPLETE");
    for (let length = 0; length < HONEST.length; length += 1)
      expect(overallStatus(play(HONEST.slice(0, length)).state)).toBe("INCOMPLETE");
  });

  it("is COMPLETE for no history in which one of its events is missing", () => {
    for (const [index, event] of HONEST.entries()) {
      if (event.type === "phase.started") continue;
      expect(overallStatus(play(HONEST.filter((_, at) => at !== index)).state), event.type).not.toBe(
        "COMPLETE",
      );
    }
  });

  it("takes no event's word for COMPLETE: whatever is allowed to happen, it needs silent gates, a landing and a report", () => {
    let complete = 0;
    const strays = fc.array(fc.tuple(fc.nat({ max: HONEST.length * 2 }), fc.constantFrom(...EVENTS)), {
      maxLength: 8,
    });
    const mixed = strays.map((insertions) => {
      const events = [...HONEST, ...HONEST];
      for (const [at, event] of insertions) events.splice(at, 0, event);
      return events;
    });
    fc.assert(
      fc.property(mixed, (events) => {
        const { state, played } = play(events);
        if (overallStatus(state) !== "COMPLETE") return;
        complete += 1;
        const last = (type: string) => played.findLastIndex((event) => event.type === type);
        const gates = played[last("gates.evaluated")];
        expect(gates).toMatchObject({ violations: [] });
        const landed = last("landing.finished");
        expect(landed).toBeGreaterThan(last("gates.evaluated"));
        expect(last("report.written")).toBeGreaterThan(landed);
        for (const bad of [
          "task.cancelled",
          "task.failed",
          "landing.conflicted",
          "phase.failed",
          "landing.merged",
        ])
          expect(last(bad), bad).toBeLessThan(landed);
      }),
      { numRuns: 500 },
    );
    expect(complete).toBeGreaterThan(20);
  });

  it("says the same whether lines are folded at once or one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS, ...HONEST), { maxLength: 60 }), (events) => {
        const { state, played } = play(events);
        expect(foldSession(linesOf(played))).toEqual(state);
      }),
    );
  });

  it("refuses an event that the lifecycle does not allow, and a task submitted twice, with E206", () => {
    const state = foldSession(linesOf(OPENING));
    const passedTooEarly: JournalEvent = { type: "phase.passed", ...where("QA"), evidence: [] };
    for (const event of [...HONEST.slice(-1), ...OPENING.slice(-1), passedTooEarly])
      expect(() => assertAllowed(state, event)).toThrowError(expect.objectContaining({ code: "E206" }));
  });

  it("leaves nothing of an approval that expired, and lets no other one expire", () => {
    const approval: JournalEvent = {
      ...{ type: "approval.given", task_id: T, digest: HEX("5", 64), effect: "accept", rerun_from: null },
      ...{ violations: [violation], note: null },
    };
    const expired = (digest: string): JournalEvent => ({ type: "approval.expired", task_id: T, digest });
    const before = play(STOPPED);
    const after = play([...STOPPED, approval, expired(HEX("5", 64))]);
    expect(after.played).toHaveLength(before.played.length + 2);
    expect(after.state.tasks).toEqual(before.state.tasks);
    const { state } = play([...STOPPED, approval]);
    expect(() => assertAllowed(state, expired(HEX("6", 64)))).toThrowError();
    const used = play([
      ...STOPPED,
      approval,
      { type: "phase.started", ...where("COMPLETION_VALIDATION"), attempt: 2 },
    ]);
    expect(() => assertAllowed(used.state, expired(HEX("5", 64)))).toThrowError();
  });

  it("lets nothing of a given-up attempt count for the next", () => {
    const failed: JournalEvent[] = [
      ...STOPPED,
      {
        type: "approval.given",
        task_id: T,
        digest: HEX("5", 64),
        effect: "rerun",
        rerun_from: "EXECUTION",
        violations: [violation],
        note: null,
      },
    ];
    const task = play(failed).state.tasks.get(T);
    expect(task).toMatchObject({
      at: "EXECUTION",
      attempt: 2,
      result: null,
      commands: [],
      gates: null,
      failures: [],
      report: null,
    });
    expect(task?.phases.map((record) => record.phase)).toEqual([
      "REQUIREMENT_ANALYSIS",
      "TASK_DECOMPOSITION",
      "PLANNING",
    ]);
  });
});
