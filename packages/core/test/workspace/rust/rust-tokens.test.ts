import { describe, expect, it } from "vitest";
import { rustTokens } from "../../../src/workspace/rust/rust-tokens.ts";

const textsOf = (source: string) => rustTokens(source).map(({ text }) => text);

describe("tokens of Rust", () => {
  it.each([
    ["let a = b'{'; // {", ["let", "a", "=", "b'{'", ";"]],
    ["fn f<'a>(c: &'a str) -> char { '\\'' }", "fn f < 'a > ( c : & 'a str ) -> char { '\\'' }".split(" ")],
    ['r##"a "# b"## "c \\" d" br"{" c"}"', ['r##"a "# b"##', '"c \\" d"', 'br"{"', 'c"}"']],
    ["a /* { /* } */ { */ b", ["a", "b"]],
    ["/// of b\n//// none\n//! none\n/** of c */ /*** none */ /**/ b", ["/// of b", "/** of c */", "b"]],
    ["r#type 1..2 1.5e-3 0xff_u8 a.0", ["r#type", "1", "..", "2", "1.5e-3", "0xff_u8", "a", ".", "0"]],
    ["'😀' '\\u{1F600}' \"open }", ["'😀'", "'\\u{1F600}'", '"open }']],
    ["use std:: // {\nfs;", ["use", "std", "::", "fs", ";"]],
  ])("are told apart in %s", (source, tokens) => {
    expect(textsOf(source)).toEqual(tokens);
  });

  it("know where they stand", () => {
    const source = 'fn f() { "é" } // end';
    for (const { text, start, end } of rustTokens(source)) expect(source.slice(start, end)).toBe(text);
  });
});
