import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownOutcome, storedOutcome } from "../../src/dynamodb/stored-outcome.ts";
import { outcome } from "./support/dynamo-bench.ts";

const there = (given: ReturnType<typeof outcome>) => shownOutcome(storedOutcome(given));

describe("an outcome", () => {
  it("comes back as it was where it is short", () => {
    const word = fc.option(fc.string({ unit: "grapheme", maxLength: 40 }));
    const digest = fc.option(fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.string({ maxLength: 64 })));
    fc.assert(
      fc.property(word, word, word, digest, (code, next_action, evidence_path, result_digest) => {
        const given = { code, message: "short", next_action, evidence_path, result_digest };
        expect(shownOutcome(storedOutcome(given))).toEqual(given);
      }),
    );
  });

  it("has its message cut at a character, within 300 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite", minLength: 301, maxLength: 600 }), (message) => {
        const shown = there(outcome(message)).message;
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(300);
        expect(shown.endsWith("…")).toBe(true);
        expect(message.startsWith(shown.slice(0, -1))).toBe(true);
        expect(Buffer.from(shown).toString()).toBe(shown);
      }),
    );
  });

  it("leaves out a command that is too long rather than cut it", () => {
    const next_action = `pm start ${"x".repeat(2_000)}`;
    expect(shownOutcome(storedOutcome({ ...outcome("m"), next_action })).next_action).toBeNull();
  });
});
