import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stripControl, stripToLine } from "../../src/text/strip-control.ts";

const hostile = fc
  .array(
    fc.constantFrom(
      "\x1b",
      "[",
      "]",
      "P",
      "0",
      ";",
      "m",
      "\x07",
      "\x9b",
      "\x9d",
      "\\",
      "\r",
      "\n",
      "a",
      "\u202e",
      "\u2066",
    ),
  )
  .map((parts) => parts.join(""));

describe("stripControl", () => {
  it.each([
    ["colours", "\x1b[31mred\x1b[0m", "red"],
    ["cursor movement", "a\x1b[2K\x1b[1Ab", "ab"],
    ["a title set by OSC", "\x1b]0;owned\x07hello", "hello"],
    ["a hyperlink closed by ST", "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "click"],
    ["a clipboard write", "\x1b]52;c;cm0gLXJm\x07x", "x"],
    ["DCS", "\x1bPq#0;1\x1b\\after", "after"],
    ["8-bit CSI and OSC", "\x9b31mred \x9d0;t\x9cok", "red ok"],
    ["bells and backspaces", "pass\x07\x08\x08\x08\x08fail", "passfail"],
    ["bidi overrides", "user\u202e\u2066// admin\u2069\u2066", "user// admin"],
    ["zero-width and tag characters", "a\u200bb\u{e0041}c\ufeff", "abc"],
    ["a lone carriage return", "INVALID\rCOMPLETE", "INVALID\nCOMPLETE"],
    ["an unclosed string sequence", "\x1b]0;rest of an honest text", "0;rest of an honest text"],
  ])("takes out %s", (_, text, expected) => {
    expect(stripControl(text)).toBe(expected);
  });

  it("keeps letters of every script, emoji, tabs and line feeds", () => {
    const text = "größe\t日本語\nعربي 👍 e\u0301";
    expect(stripControl(text)).toBe(text);
  });

  it("leaves no control character and nothing for a second pass", () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
        const clean = stripControl(text);
        expect(clean).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        expect(stripControl(clean)).toBe(clean);
      }),
    );
  });

  it("stays fast on a long run of introducers", () => {
    const started = performance.now();
    for (const introducer of ["\x1b]", "\x9d", "\x1b[1;", "\x9b", "\x1b "])
      stripControl(introducer.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("stripToLine", () => {
  it("puts several lines on one", () => {
    expect(stripToLine("  a\n\n\tb\x1b[1m c ")).toBe("a b c");
  });
});
