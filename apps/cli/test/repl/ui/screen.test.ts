import { describe, expect, it } from "vitest";
import { createScreen } from "../../../src/repl/ui/screen.ts";
import { wrapText } from "../../../src/repl/ui/wrap-text.ts";

function bench() {
  let written = "";
  const size = { columns: 20, rows: 10 };
  const screen = createScreen(
    (text) => {
      written += text;
    },
    () => ({ ...size }),
  );
  const take = () => {
    const text = written.replaceAll(/\x1b\[\?2026[hl]/g, "");
    written = "";
    return text;
  };
  return { screen, size, take };
}
const frame = (lines: readonly string[], row = 0, column = 0) => ({ lines, cursor: { row, column } });

describe("a screen", () => {
  it("writes only the rows that changed, and nothing for the same frame", () => {
    const { screen, take } = bench();
    screen.update([], frame(["a", "b", "c"], 1, 2));
    expect(take()).toBe("a\r\nb\r\nc\x1b[1A\r\x1b[2C");
    screen.update([], frame(["a", "b", "c"], 1, 2));
    expect(take()).toBe("");
    screen.update([], frame(["a", "b", "d"], 1, 2));
    expect(take()).toBe("\x1b[1B\rd\x1b[K\x1b[1A\r\x1b[2C");
  });

  it("prints above the region, which it erases row by row and never with the screen", () => {
    const { screen, take } = bench();
    screen.update([], frame(["a", "b"], 1));
    take();
    screen.update(["done"], frame(["a", "b"], 1));
    expect(take()).toBe("\x1b[1A\r\x1b[K\x1b[1B\x1b[J\x1b[1Adone\r\na\r\nb\r");
    screen.scrollAway();
    screen.erase();
    expect(take()).not.toMatch(/\x1b\[[23]J/);
  });

  it("lets no printed text move the cursor or erase", () => {
    const { screen, take } = bench();
    screen.update(["\x1b[31mred\x1b[39m\x1b[2J\x1b[3J\x1b]0;title\x07\x1b[Hx"], frame(["a"]));
    expect(take()).toBe("\x1b[31mred\x1b[39m[2J[3J]0;title[Hx\r\na\r");
  });

  it("finds the top of a region that a narrower terminal has wrapped", () => {
    const { screen, size, take } = bench();
    screen.update([], frame(["0123456789", "0123456789", "0"], 2, 0));
    take();
    size.columns = 5;
    screen.update([], frame(["01"], 0, 0));
    expect(take().startsWith("\x1b[4A\r\x1b[K")).toBe(true);
  });
});

describe("wrapping", () => {
  it("breaks at blanks, keeps the indentation, and loses no character", () => {
    expect(wrapText("  one two three four", 10)).toEqual(["  one two", "  three", "  four"]);
    expect(wrapText("漢字漢字漢字", 5)).toEqual(["漢字", "漢字", "漢字"]);
    expect(wrapText("", 5)).toEqual([""]);
    expect(wrapText("\x1b[1mbold word\x1b[22m", 4)).toEqual(["\x1b[1mbold", "word\x1b[22m"]);
  });
});
