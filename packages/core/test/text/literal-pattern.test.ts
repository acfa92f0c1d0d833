import fc from "fast-check";
import { expect, it } from "vitest";
import { literalPattern } from "../../src/text/literal-pattern.ts";

it("a text as a pattern matches itself and no other text, with and without Unicode", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, other) => {
      for (const flags of ["", "u"]) {
        const pattern = new RegExp(`^${literalPattern(text)}$`, flags);
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(text === other);
      }
    }),
  );
});
