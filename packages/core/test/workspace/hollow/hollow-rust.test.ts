import { describe, expect, it } from "vitest";
import { hollowSource } from "../../../src/workspace/hollow/hollow-source.ts";

const hollow = (base: string | null, result: string) => hollowSource("src/lib.rs", base, result);
const textOf = (base: string | null, result: string) => hollow(base, result)?.text;

describe("hollowSource for Rust", () => {
  it("lets functions give what nobody expects, or end, and leaves their text so that types hold", () => {
    expect(
      hollow(
        null,
        `use std::fs;
pub fn a(x: &str) -> String { x.into() }
impl<const N: usize> S<N> { fn b(&self) -> Option<u8> where u8: Copy { #![allow(unused)] None } }
const fn c() -> u8 { 1 }
pub const unsafe fn d() -> char { 'd' }
fn e() {}
trait T { fn f(&self); fn g<'a>(&'a self) -> &'a str { "" } }
fn main() { e() }
`,
      ),
    ).toEqual({
      taken: 7,
      text: `use std::fs;
pub fn a(x: &str) -> String { if true { return String::from("\\u{1}q") } x.into() }
impl<const N: usize> S<N> { fn b(&self) -> Option<u8> where u8: Copy { #![allow(unused)] if true { panic!() } None } }
const fn c() -> u8 { if true { return 113 } 1 }
pub const unsafe fn d() -> char { if true { panic!() } 'd' }
fn e() { if true { return }}
trait T { fn f(&self); fn g<'a>(&'a self) -> &'a str { if true { return "\\u{1}q" } "" } }
fn main() { if true { panic!() } e() }
`,
    });
  });

  it("leaves alone what did not change, and tests", () => {
    const base = "fn a() -> u8 { 1 }\nfn b() -> u8 { 1 }\n";
    const result = "fn a() -> u8 { 1 } // same\nfn b() -> u8 { 2 }\n#[cfg(test)]\nmod tests { fn t() {} }\n";
    expect(hollow(base, result)).toMatchObject({
      taken: 1,
      text: result.replace("{ 2 }", "{ if true { return 113 } 2 }"),
    });
  });

  it("aborts where tests in the file want a panic", () => {
    const test = "\n#[test]\n#[should_panic]\nfn t() { f(); }\n";
    expect(textOf(null, `fn f() -> S { S }${test}`)).toContain(
      "{ if true { ::std::process::abort() } S }\n#[test]",
    );
  });

  it("gives changed constants another value", () => {
    const base = 'const A: u8 = 1;\nstatic B: &str = "b";\n';
    expect(
      hollow(base, 'const A: u8 = 1;\nstatic B: &str = "c";\npub const C: bool = true;\n'),
    ).toMatchObject({
      taken: 2,
      text: 'const A: u8 = 1;\nstatic B: &str = "cq";\npub const C: bool = false;\n',
    });
  });

  it.each([
    ["const A: [u8; 2] = [1, 2];", "const A: [u8; 2] = [2, 3];"],
    ["static A: [S; 4] = [S::new(1); 4];", "static A: [S; 4] = [S::new(2); 4];"],
    ["const N: usize = 2; struct S([u8; N]);", "const N: usize = 2; struct S([u8; N]);"],
    ["const A: S = S::new();", "const A: S = S::new();"],
    ["macro_rules! m { () => { fn a() {} } }", "macro_rules! m { () => { fn a() {} } }"],
    ["thread_local! { static A: u8 = 1 }", "thread_local! { static A: u8 = 1 }"],
  ])("takes functions out beside whatever else changed: %s", (before, after) => {
    expect(textOf("fn a() {}\n", `fn a() { b() }\n${before}\n`)).toBe(
      `fn a() { if true { return } b() }\n${after}\n`,
    );
  });

  it("does not mind types, imports and declarations", () => {
    const result =
      "#[derive(Debug)]\npub struct S { a: u8 }\nenum E { A = 1 }\nmod m;\nimpl !Send for S {}\n";
    expect(hollow("", result)).toEqual({ taken: 0, text: result });
  });
});
