import { describe, expect, it } from "vitest";
import type { CommandContext } from "../../src/commands/command.ts";
import { liveLines } from "../../src/progress/live-lines.ts";
import { createProgress } from "../../src/progress/progress.ts";
import { advance, INITIAL_PROGRESS } from "../../src/progress/progress-state.ts";
import { widthOf } from "../../src/render/fit.ts";
import { createPainter } from "../../src/render/painter.ts";
import { fakeServices } from "../fake-engine.ts";
import { createFakeIo, type FakeIoOptions } from "../fake-io.ts";
import { activity, journal, sampleRun } from "./sample-events.ts";
import { createScreen } from "./terminal-screen.ts";

function setUp(options: FakeIoOptions & { quiet?: boolean } = {}) {
  const io = createFakeIo(options);
  const style = { json: false, quiet: options.quiet ?? false, color: { stdout: false, stderr: true } };
  const services = fakeServices({});
  const context: CommandContext = { io, version: "1", style, namespace: "default", services, commands: [] };
  return { io, progress: createProgress(context) };
}

function play(options: FakeIoOptions & { quiet?: boolean } = {}) {
  const { io, progress } = setUp(options);
  for (const event of sampleRun()) {
    io.pass(1_500);
    progress.onEvent(event);
  }
  progress.close();
  return { io, progress };
}

describe("progress", () => {
  it("is plain lines where stderr is no terminal", () => {
    const { io } = play();
    expect(io.err()).toMatchInlineSnapshot(`
      "session-1a · replay
      isolation: sandbox
      Task 1 of 2: Add a flag
        REQUIREMENT_ANALYSIS started
        REQUIREMENT_ANALYSIS passed (3.0 s)
        TASK_DECOMPOSITION started
        TASK_DECOMPOSITION passed (3.0 s)
        PLANNING started
        PLANNING passed (3.0 s)
        EXECUTION started
        EXECUTION passed (3.0 s)
        QA started
        QA passed (3.0 s)
        COMPLETION_VALIDATION started
        COMPLETION_VALIDATION passed (3.0 s)
        REPORT started
        REPORT passed (3.0 s)
      COMPLETE after 31.5 s
      Task 2 of 2: Document it
        REQUIREMENT_ANALYSIS started
        REQUIREMENT_ANALYSIS passed (3.0 s)
        TASK_DECOMPOSITION started
        TASK_DECOMPOSITION passed (3.0 s)
        PLANNING started
        PLANNING passed (3.0 s)
        EXECUTION started
        EXECUTION passed (3.0 s)
        QA started
        QA failed (3.0 s): E223
        COMPLETION_VALIDATION started
        COMPLETION_VALIDATION passed (3.0 s)
        REPORT started
        REPORT passed (3.0 s)
      INCOMPLETE after 31.5 s
      "
    `);
    expect(io.out()).toBe("");
  });

  it("is nothing with --quiet, on a terminal or not", () => {
    expect(play({ quiet: true }).io.err()).toBe("");
    expect(play({ quiet: true, tty: true }).io.err()).toBe("");
  });

  it("is plain on a dumb terminal", () => {
    expect(play({ tty: true, env: { TERM: "dumb" } }).io.err()).not.toContain("\x1b");
  });

  it("on a terminal leaves only what is over, and every line once", () => {
    const { io } = play({ tty: true, columns: 80 });
    const screen = createScreen(80);
    screen.write("$ pm start\n");
    screen.write(io.err());
    expect(screen.rows()).toEqual([
      "$ pm start",
      "session-1a · replay",
      "isolation: sandbox",
      "Task 1 of 2: Add a flag",
      "1/2 ✓ REQ ✓ DECO ✓ PLAN ✓ EXEC ✓ QA ✓ VALID ✓ REPORT",
      "COMPLETE after 31.5 s",
      "Task 2 of 2: Document it",
      "  QA failed (3.0 s): E223",
      "2/2 ✓ REQ ✓ DECO ✓ PLAN ✓ EXEC ✗ QA ✓ VALID ✓ REPORT",
      "INCOMPLETE after 31.5 s",
      "",
    ]);
  });

  it("redraws the running phase in place with its elapsed time", () => {
    const { io, progress } = setUp({ tty: true, columns: 80 });
    const screen = createScreen(80);
    for (const event of sampleRun().slice(0, 12)) progress.onEvent(event);
    io.pass(42_000);
    screen.write(io.err());
    expect(screen.rows().at(-2)).toBe("1/2 ✓ REQ ✓ DECO ● PLAN 0:42 ○ EXEC ○ QA ○ VALID ○ REPORT");
    expect(screen.rows().at(-1)).toBe("  Bash npm run PLANNING");
    progress.close();
    expect(io.listeners()).toBe(0);
  });

  it.each([1, 2, 7, 20, 40, 59, 60, 61, 80, 200])("never fills a terminal of %i columns", (columns) => {
    let state = INITIAL_PROGRESS;
    for (const [index, event] of [...sampleRun(), activity("日本語".repeat(90))].entries()) {
      state = advance(state, event, index * 60_000);
      for (const line of liveLines(state, 9e6 + index * 60_000, columns, createPainter(true))) {
        expect(widthOf(line)).toBeLessThanOrEqual(Math.max(1, columns - 1));
        expect(line.replace(/\x1b\[\d+m/g, "")).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }
    }
  });

  it("is short under 60 columns", () => {
    let state = INITIAL_PROGRESS;
    for (const event of sampleRun().slice(0, 12)) state = advance(state, event, 0);
    expect(liveLines(state, 61_000, 40, createPainter(false))[0]).toBe("3/7 PLAN 1:01");
    for (const event of sampleRun().slice(12, 13)) state = advance(state, event, 0);
    expect(liveLines(state, 61_000, 40, createPainter(false))[0]).toBe("✓ 3/7 PLAN");
  });

  it("erases rows that a narrower terminal has wrapped", () => {
    const { io, progress } = setUp({ tty: true, columns: 100 });
    for (const event of sampleRun().slice(0, 12)) progress.onEvent(event);
    const before = io.err().length;
    io.resize(30);
    // The strip takes two rows now, the activity line one: up over two, then erase.
    expect(io.err().slice(before)).toMatch(/^\x1b\[2A\r\x1b\[J/);
    progress.close();
  });

  it("draws nothing where nothing changed", () => {
    const { io, progress } = setUp({ tty: true });
    for (const event of sampleRun().slice(0, 12)) progress.onEvent(event);
    const before = io.err();
    progress.onEvent(journal({ type: "provider.objected", task_id: "task-1", reason: "none" }));
    expect(io.err()).toBe(before);
    progress.close();
  });

  it("shows the phases that an earlier run finished as passed, and later ones as open after a rerun", () => {
    const started = (phase: "QA" | "EXECUTION", attempt: number) =>
      journal({ type: "phase.started", task_id: "task-9", phase, attempt });
    let state = advance(INITIAL_PROGRESS, started("QA", 1), 0);
    expect(state.phases).toMatchObject({
      PLANNING: "passed",
      EXECUTION: "passed",
      QA: "running",
      REPORT: "waiting",
    });
    state = advance(state, started("EXECUTION", 2), 0);
    expect(state.phases).toMatchObject({ PLANNING: "passed", EXECUTION: "running", QA: "waiting" });
  });
});
