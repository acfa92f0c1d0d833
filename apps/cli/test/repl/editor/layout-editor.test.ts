import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { layoutEditor } from "../../../src/repl/editor/layout-editor.ts";
import { key, paste, pressAll, text } from "./keys.ts";

const typed = (...keys: Parameters<typeof pressAll>[0]) => pressAll(keys).state;

describe("the layout of the editor", () => {
  it("is one empty row where nothing is typed", () => {
    expect(layoutEditor(EMPTY_EDITOR, 10, 6)).toEqual({
      rows: [""],
      cursorRow: 0,
      cursorColumn: 0,
      above: 0,
      below: 0,
    });
  });

  it("wraps wide characters before the edge they do not fit at", () => {
    const layout = layoutEditor(typed(text("ab漢字漢")), 5, 6);
    expect(layout.rows).toEqual(["ab漢", "字漢"]);
    expect([layout.cursorRow, layout.cursorColumn]).toEqual([1, 4]);
  });

  it("gives the cursor a row of its own behind a full row", () => {
    const full = typed(text("abcde"));
    expect(layoutEditor(full, 5, 6)).toMatchObject({ rows: ["abcde", ""], cursorRow: 1, cursorColumn: 0 });
    const lines = typed(text("abcde"), key("newline"), text("x"), key("left"), key("left"));
    expect(layoutEditor(lines, 5, 6)).toMatchObject({
      rows: ["abcde", "", "x"],
      cursorRow: 1,
      cursorColumn: 0,
    });
    expect(layoutEditor(typed(text("abcde"), key("newline")), 5, 6).rows).toEqual(["abcde", ""]);
  });

  it("scrolls so that the cursor is seen, and tells what is not", () => {
    const lines = typed(paste("1\n2\n3\n4\n5\n6\n7\n8\n9"), key("up"), key("up"));
    expect(layoutEditor(lines, 10, 4)).toEqual({
      rows: ["5", "6", "7", "8"],
      cursorRow: 2,
      cursorColumn: 1,
      above: 4,
      below: 1,
    });
  });

  it("draws control characters and what turns text as something harmless", () => {
    const { rows } = layoutEditor(typed(paste("\x1b[2J\u202eabc\tx\x9b")), 40, 6);
    expect(rows).toEqual(["␛[2J�abc    x�"]);
  });

  it("draws a secret as dots", () => {
    const { rows, cursorColumn } = layoutEditor(typed(text("/keys set x sk-1")), 40, 6, { maskFrom: 12 });
    expect([rows, cursorColumn]).toEqual([["/keys set x ••••"], 16]);
  });

  it("keeps every row within the width, the cursor in sight, and every character that is no control", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constantFrom("漢", "👩‍👩‍👧", "e\u0301", "\t", "\n", "\x1b", "x".repeat(1001)),
    );
    fc.assert(
      fc.property(
        fc.array(part),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.constantFrom(key("left"), key("up"), key("home"), key("word-left"))),
        (parts, width, maxRows, moves) => {
          const { state } = pressAll([...parts.map(paste), ...moves]);
          const layout = layoutEditor(state, width, maxRows);
          expect(layout.rows.length).toBeGreaterThan(0);
          expect(layout.rows.length).toBeLessThanOrEqual(maxRows);
          expect(layout.cursorRow).toBeLessThan(layout.rows.length);
          expect(layout.cursorRow).toBeGreaterThanOrEqual(0);
          expect(layout.cursorColumn).toBeLessThan(width);
          for (const row of layout.rows) {
            expect(row).not.toMatch(/\p{Cc}/u);
            expect(stringWidth(row)).toBeLessThanOrEqual(width);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("draws at every width the text that was typed, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z漢字 \n]{0,60}$/),
        fc.integer({ min: 2, max: 20 }),
        (content, width) => {
          const state = { ...EMPTY_EDITOR, text: content, cursor: 0 };
          expect(layoutEditor(state, width, 1000).rows.join("")).toBe(content.replaceAll("\n", ""));
        },
      ),
    );
  });
});
