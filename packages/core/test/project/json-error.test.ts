import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonError } from "../../src/project/json-error.ts";

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("findJsonError", () => {
  it.each([
    ["", 1, 1, "too early"],
    ["{", 1, 2, "too early"],
    ['{"a":1,}', 1, 8, "one too many"],
    ["[1,]", 1, 4, "one too many"],
    ['{\n "a" 1}', 2, 6, "colon"],
    ['{"a":1 "b":2}', 1, 8, "comma"],
    ["{a:1}", 1, 2, "double quotes"],
    ["[01]", 1, 3, "comma"],
    ["{'a':1}", 1, 2, "double quotes"],
    ["[\n'a']", 2, 1, "a value"],
    ['{"a":1}\nx', 2, 1, "after the end"],
    ['{"a":"x\ny"}', 1, 6, "string"],
    ['{"a":1,"a":2}', 1, 8, "twice"],
    ['{"a":1,"\\u0061":2}', 1, 8, "twice"],
    ["/* x */ {}", 1, 1, "comments"],
    ["[".repeat(500), 1, 202, "too deep"],
  ])("of %j names line %i, column %i: %s", (text, line, column, reason) => {
    expect(findJsonError(text)).toMatchObject({ line, column, reason: expect.stringContaining(reason) });
  });
  it("finds none in what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, 3), (text, indent) => {
        expect(findJsonError(JSON.stringify(JSON.parse(text), null, indent))).toBeNull();
      }),
    );
  });
  it("agrees with JSON.parse on damaged texts", () => {
    const damaged = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", '"', "{", "}", "[", "0", "-", "\\", "\n", "x"),
      fc.nat(2),
    );
    fc.assert(
      fc.property(damaged, ([text, at, insert, cut]) => {
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + insert + text.slice(place + cut);
        const error = findJsonError(broken);
        if (error?.reason.includes("twice")) return;
        expect(error === null).toBe(parses(broken));
      }),
      { numRuns: 2000 },
    );
  });
});
