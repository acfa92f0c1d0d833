import { render } from "ink-testing-library";
import { describe, expect, it } from "vitest";
import { widthOf } from "../../../src/render/fit.ts";
import { createPainter } from "../../../src/render/painter.ts";
import { createInkFrames } from "../../../src/repl/ui/ink-frames.tsx";
import { type LiveInput, liveModel, SECTIONS } from "../../../src/repl/ui/live-model.ts";
import { LiveRegion } from "../../../src/repl/ui/live-region.tsx";
import { card, input, RUNNING, VIEW } from "./views.ts";

const LARGE = { columns: 80, rows: 24 };
const SMALL = { columns: 40, rows: 12 };
const BUSY = {
  ...VIEW,
  running: [RUNNING],
  waiting: [
    { taskId: "task-2", summary: "The next one", state: "QUEUED" },
    { taskId: "task-3", summary: "And one more", state: "QUEUED" },
  ],
} as const;

function frameOf(of: LiveInput): string[] {
  const { lastFrame, unmount } = render(<LiveRegion model={liveModel(of)} />);
  const frame = lastFrame() ?? "";
  unmount();
  return frame.split("\n").map((line) => line.trimEnd());
}

describe("the live region", () => {
  it("at 80 × 24 shows the strip, what happens, log lines, what waits, the editor and the status line", () => {
    expect(frameOf(input({ view: BUSY, size: LARGE, text: "hello" }))).toEqual([
      "✓ REQ ✓ DECO ● PLAN 0:42 ○ EXEC ○ QA ○ VALID ○ REPORT",
      "⠹ Read src/slug.js · 0:42 · Esc interrupts",
      "  two",
      "  three",
      "  four",
      "2 more wait (next: The next one)",
      "› hello",
      "sample@main · claude-code/opus · session-1a2b3c · queue 3 · ? help",
    ]);
  });

  it("at 40 × 12 shows the phase by its number, and leaves out what has no room", () => {
    const rows = frameOf(input({ view: BUSY, size: SMALL }));
    expect(rows[0]).toBe("3/7 PLAN 0:42");
    expect(rows.at(-1)).toBe("claude-code · …1a2b3c · queue 3");
    expect(rows.length).toBeLessThanOrEqual(10);
    for (const row of rows) expect(widthOf(row)).toBeLessThan(40);
  });

  it("has no escape codes without colours", () => {
    for (const view of [BUSY, { ...VIEW, approval: card(2) }, { ...VIEW, keySetup: "no key" }]) {
      expect(frameOf(input({ view })).join("\n")).not.toContain("\x1b");
    }
  });

  it("says in Key Setup Mode what works", () => {
    expect(frameOf(input({ view: { ...VIEW, keySetup: "no key is set" } }))[0]).toBe(
      "Key Setup Mode: only /help, /keys, /provider and /exit work.",
    );
  });

  it("puts the cursor where text of wide characters ends, and wraps it before the last column", () => {
    const model = liveModel(input({ size: SMALL, text: "日本語👩‍👩‍👧é" }));
    expect(model.cursor).toEqual({ row: 0, column: 2 + 6 + 2 + 1 });
    const long = liveModel(input({ size: SMALL, text: "漢".repeat(50) }));
    expect(long.editor.length).toBe(3);
    for (const row of long.editor) expect(widthOf(row)).toBeLessThan(40);
    expect(frameOf(input({ size: SMALL, text: "漢".repeat(50) }))).toHaveLength(4);
  });

  it("is never higher than the terminal less two rows, nor wider, and keeps the editor", () => {
    for (let rows = 3; rows <= 30; rows += 3) {
      for (const columns of [12, 20, 40, 60, 80, 200]) {
        for (const approval of [null, card(1), card(200)]) {
          const size = { rows, columns };
          const of = input({ view: { ...BUSY, approval, keySetup: "no key" }, size, text: "x\n".repeat(20) });
          const model = liveModel(of);
          const lines = SECTIONS.flatMap((name) => model[name]);
          expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 2));
          expect(model.editor.length).toBeGreaterThan(0);
          expect(model.cursor.row).toBeLessThan(lines.length);
          for (const line of lines) expect(widthOf(line)).toBeLessThan(columns);
        }
      }
    }
  });
});

describe("the approval card", () => {
  it("shows everything where there is room, with the choices", () => {
    const model = liveModel(input({ view: { ...VIEW, approval: card(3) } }));
    const text = model.card.join("\n");
    for (const part of ["E225 qa", "src/file-0.ts  +1 −2", "src/file-2.ts", `digest ${"d".repeat(64)}`]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(
      /1 approve {3}2 approve and continue {3}3 show diff[\s\S]*5 reject with a note {3}6 later/,
    );
    expect(model.cardNeedsScrollback).toBe(false);
  });

  it("asks for the scrollback where there is no room, and keeps the digest and every choice", () => {
    const model = liveModel(input({ view: { ...VIEW, approval: card(40) }, size: SMALL }));
    const text = model.card.join("\n");
    expect(model.cardNeedsScrollback).toBe(true);
    expect(text.replaceAll("\n", "")).toContain("d".repeat(30));
    for (const choice of ["1 approve", "2 approve and continue", "3 show", "4 show", "5 reject", "6 later"]) {
      expect(text).toContain(choice);
    }
  });
});

describe("Ink's frames", () => {
  it("are the rows of the model, with colours, also where CI is set", () => {
    const rowsOf = createInkFrames();
    for (const columns of [80, 40, 100]) {
      const model = liveModel(
        input({ view: BUSY, size: { columns, rows: 24 }, paint: createPainter(true), text: "漢字" }),
      );
      const rows = rowsOf(model, columns);
      expect(rows.map((row) => row.replace(/\x1b\[[0-9;]*m/g, "").trimEnd())).toEqual(
        SECTIONS.flatMap((name) => model[name]).map((row) => row.replace(/\x1b\[[0-9;]*m/g, "").trimEnd()),
      );
    }
  });
});
