import fc from "fast-check";
import { expect, it } from "vitest";
import { lineHash, readLineRange } from "../../src/client/logs/line-range.ts";
import { logChunks } from "../../src/client/logs/log-chunks.ts";

it("reads every range of lines that it writes into the address", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }), (from, more) => {
      expect(readLineRange(lineHash({ from, to: from + more }))).toEqual({ from, to: from + more });
    }),
  );
  for (const hash of ["", "#approve", "#L0", "#L1-2", "#Lx"]) expect(readLineRange(hash), hash).toBeNull();
});

it("keeps the colours of a line as classes of its own, and nothing else that a terminal obeys", () => {
  const chunks = logChunks("\x1b[1;32mok\x1b[0m \x1b]0;evil\x07<b>\x1b[2J \x1b[38;5;200mpink\x1b[0m", "");
  expect(chunks.map(({ text }) => text).join("")).toBe("ok <b> pink");
  expect(chunks[0]).toMatchObject({ text: "ok", className: "fg-green text-bold" });
  expect(chunks.at(-1)).toMatchObject({ text: "pink", className: "" });
});

it("marks every place of what is searched for, whatever the case, and loses no letter", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("Error", "x", " ", "ok")), (words) => {
      const chunks = logChunks(words.join(""), "error");
      expect(chunks.map(({ text }) => text).join("")).toBe(words.join(""));
      expect(chunks.filter(({ hit }) => hit)).toHaveLength(words.filter((word) => word === "Error").length);
    }),
  );
});
