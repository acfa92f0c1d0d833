import { describe, expect, it } from "vitest";
import { otherRustLiteral } from "../../../src/workspace/rust/other-rust-literal.ts";

describe("another literal of Rust", () => {
  it.each([
    ['"a\\""', '"a\\"q"'],
    ['r#"a"#', 'r#"aq"#'],
    ['b""', 'b"q"'],
    ["'a'", "'q'"],
    ["b'q'", "b'r'"],
    ["'\\n'", "'q'"],
    ["7", "8"],
    ["255", "254"],
    ["1_000u64", "1001u64"],
    ["0xff_u16", "254u16"],
    ["0xfeu8", "255u8"],
    ["9_usize", "10usize"],
    ["1.5", "2.5"],
    ["2.0f32", "3.0f32"],
    ["1e3", "1001.0"],
    ["3f64", "4.0f64"],
    ["true", "false"],
  ])("is of the same type: %s", (literal, other) => {
    expect(otherRustLiteral(literal)).toBe(other);
  });

  it.each(["name", "'a", "None", "+", "cafe"])("is none where there was none: %s", (token) => {
    expect(otherRustLiteral(token)).toBeNull();
  });
});
