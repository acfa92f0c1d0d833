import { describe, expect, it } from "vitest";
import { closing, findOutside } from "../../../src/workspace/rust/brackets.ts";
import { rustTokens } from "../../../src/workspace/rust/rust-tokens.ts";

describe("brackets of Rust", () => {
  const tokens = rustTokens("f ( [ { } ] ; ) ; } (");
  it("close where as many were closed as opened", () => {
    expect([0, 1, 2, 3, 4, 9, 10].map((at) => closing(tokens, at))).toEqual([0, 7, 5, 4, null, null, null]);
  });

  it("are stepped over", () => {
    expect(findOutside(tokens, /^;$/, 0)).toBe(8);
    expect(findOutside(tokens, /^;$/, 0, 7)).toBeNull();
    expect(findOutside(tokens, /^;$/, 9)).toBeNull();
  });
});
