import { describe, expect, it } from "vitest";
import { widthOf } from "../../../src/render/fit.ts";
import { createPainter } from "../../../src/render/painter.ts";
import type { ReplItem } from "../../../src/repl/controller/repl-controller.ts";
import { approvalLines, itemLines } from "../../../src/repl/plain/item-lines.ts";
import { approvalView, executionResult } from "../../fake-engine.ts";

const HOSTILE = "a\u001b[31mb\u0007\u202ec\u001b]0;title\u0007";
const long = (count: number): ReplItem => ({
  kind: "long",
  title: "Log of task-1",
  lines: Array.from({ length: count }, (_, index) => `line ${index + 1}`),
  more: "pm logs session-1a task-1",
});

describe("itemLines", () => {
  it("shows long output as head and tail, with the count of lines and the command that shows all", () => {
    const lines = itemLines(long(1000), 80);
    expect(lines[0]).toBe("Log of task-1 (1000 lines)");
    expect(lines).toContain("… 980 lines left out; all of them: pm logs session-1a task-1");
    expect([lines[1], lines.at(-1)]).toEqual(["line 1", "line 1000"]);
    expect(lines).toHaveLength(22);
    expect(itemLines(long(1000), null, { collapse: false })).toHaveLength(1001);
    expect(itemLines(long(22), 80)).toHaveLength(23);
  });

  it("lets no control character of any text through", () => {
    const result = executionResult();
    const items: ReplItem[] = [
      { kind: "input", text: HOSTILE },
      { kind: "text", lines: [HOSTILE] },
      { kind: "notice", text: HOSTILE },
      { kind: "table", rows: [["A"], [HOSTILE]] },
      { kind: "long", title: HOSTILE, lines: [HOSTILE], more: HOSTILE },
      { kind: "error", report: { code: "E121", title: "T", message: HOSTILE, hint: HOSTILE, data: {} } },
      { kind: "result", result: { ...result, evidence_path: HOSTILE, next_action: HOSTILE } },
    ];
    for (const item of items) {
      const text = itemLines(item, 80).join("");
      expect(text).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
      expect(text).toContain("abc");
    }
  });

  it("keeps tables within the width, also with wide characters", () => {
    const rows = [
      ["Task", "What"],
      ["task-1", "漢字の長い説明".repeat(20)],
    ];
    for (const width of [20, 40, 80]) {
      for (const line of itemLines({ kind: "table", rows }, width)) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
      }
    }
    expect(itemLines({ kind: "table", rows }, null).join("\n")).toContain("漢字の長い説明".repeat(20));
  });

  it("prints colours only where it is asked to", () => {
    const item: ReplItem = { kind: "phase", taskId: "t", phase: "QA", mark: "passed", seconds: 1.25 };
    expect(itemLines(item, 80)).toEqual(["✓ QA passed (1.3 s)"]);
    expect(itemLines(item, 80, { paint: createPainter(true) })[0]).toContain("\u001b[32m");
    expect(itemLines({ ...item, mark: "skipped" }, 80)).toEqual(["– QA skipped"]);
    expect(itemLines({ kind: "input", text: "a\nb" }, 80)).toEqual(["> a", "  b"]);
  });

  it("shows the whole card", () => {
    const files = Array.from({ length: 500 }, (_, index) => ({ path: `f${index}`, added: 1, deleted: 0 }));
    const text = approvalLines(approvalView({ files })).join("\n");
    for (const { path } of files) expect(text).toContain(`  ${path}  +1`);
  });
});
