import fc from "fast-check";
import { expect, it } from "vitest";
import { ago, cost, duration } from "../../src/client/ui/format.ts";
import { visibleText } from "../../src/client/ui/visible-text.ts";

const piece = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x9b2J",
    "\x1bPq\x1b\\",
    "\u202e",
    "\u2066",
    "\x1b",
    "\r",
    "\x00",
  ),
);

it("leaves no control character and no mark that turns or hides text, whatever stands around it", () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(visibleText(pieces.join(""))).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/,
      );
    }),
  );
});

it("names a mark that would turn text, so that one sees that it was there", () => {
  expect(visibleText("photo\u202egnp.exe")).toBe("photo[U+202E]gnp.exe");
});

it("leaves ordinary text of any language as it is", () => {
  for (const text of ["żółć ✓ 日本語", "a\tb\nc", "👩‍💻 works"]) expect(visibleText(text)).toBe(text);
});

it("says times and costs shortly", () => {
  expect([400, 42_000, 187_000, 3_787_000].map(duration)).toEqual(["0.4 s", "42 s", "3:07", "1:03:07"]);
  expect([null, 0, 0.0042, 1.274].map(cost)).toEqual(["unknown", "$0.00", "$0.0042", "$1.27"]);
  const now = Date.parse("2026-01-02T12:00:00Z");
  expect(
    ["2026-01-02T11:59:50Z", "2026-01-02T11:55:00Z", "2026-01-02T09:00:00Z", "2026-01-01T11:00:00Z"].map(
      (at) => ago(at, now),
    ),
  ).toEqual(["just now", "5 min ago", "3 h ago", "yesterday"]);
});
