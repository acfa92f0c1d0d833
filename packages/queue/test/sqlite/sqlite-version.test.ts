import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepsCommitted, requireSound } from "../../src/sqlite/sqlite-version.ts";

describe("a version of SQLite", () => {
  it.each(["3.44.6", "3.44.7", "3.50.7", "3.51.3", "3.51.10", "3.52.0", "3.53.0", "4.0.0"])(
    "%s keeps what it committed",
    (version) => expect(keepsCommitted(version)).toBe(true),
  );

  it.each([
    "3.7.0",
    "3.44.5",
    "3.45.0",
    "3.49.9",
    "3.50.6",
    "3.51.0",
    "3.51.2",
    "3.43.9",
    "",
    "unknown",
    "3.x.9",
  ])("%s is refused: it may lose it, or nobody knows", (version) => {
    expect(keepsCommitted(version)).toBe(false);
    expect(() => requireSound(version)).toThrow(expect.objectContaining({ code: "E425" }));
  });

  it("that is sound stays so in every later release of the same line", () => {
    const small = fc.nat({ max: 80 });
    fc.assert(
      fc.property(small, small, small, (minor, patch, more) => {
        if (keepsCommitted(`3.${minor}.${patch}`))
          expect(keepsCommitted(`3.${minor}.${patch + more}`)).toBe(true);
      }),
    );
  });
});
