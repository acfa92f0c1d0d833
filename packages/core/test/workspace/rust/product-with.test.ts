import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { productWith, testsDiffer } from "../../../src/workspace/rust/product-with.ts";
import { testItems } from "../../../src/workspace/rust/test-items.ts";

const testsOf = (source: string) => testItems(source).items.map(({ start, end }) => source.slice(start, end));

const TESTS = `/// Of the tests.
#[cfg(test)]
#[allow(dead_code)]
mod tests {
    use super::*;
    #[test]
    fn one() { assert_eq!(f("}"), '{'); }
}`;

describe("the tests in a Rust source", () => {
  it("are what stands under `cfg(test)`, with what belongs to it, and functions that are tests", () => {
    const items = [
      TESTS,
      "#[cfg(all(unix, test))]\nuse std::{fs, io};",
      "#[cfg(test)] const TABLE: [Row; 1] = [Row { a: 1 }];",
      "#[cfg(test)]\npub(crate) const fn helper() -> [u8; 2] { [1, 2] }",
      "#[test]\nfn alone() -> Result<(), String> { Ok(()) }",
      '#[tokio::test(flavor = "x")]\nasync fn later() {}',
      "#[cfg(test)]\nmod slug_tests;",
    ];
    expect(testsOf(items.map((item) => `${item}\n\nfn product() { loop {} }\n`).join("\n"))).toEqual(items);
  });

  it("are no part that some product has, nor what is none but in a text or a comment", () => {
    for (const source of [
      '#[cfg(any(test, feature = "x"))]\nmod a {}',
      "#[cfg(not(test))]\nfn f() {}",
      '// #[cfg(test)]\nmod a {}\nconst T: &str = "#[cfg(test)] mod b {}";',
      "struct S {\n    #[cfg(test)]\n    seen: u8,\n}",
      "#[cfg(test)]\nmod open {",
      "#[derive(Debug)]\nstruct test;",
    ])
      expect(testsOf(source)).toEqual([]);
  });

  it("may stand in blocks", () => {
    const source = "mod inner {\n    impl S {\n        #[cfg(test)]\n        fn peek() {}\n    }\n}\n";
    expect(testsOf(source)).toEqual(["#[cfg(test)]\n        fn peek() {}"]);
  });

  it("differ where more than white space and comments does", () => {
    expect(testsDiffer(`${TESTS}\nfn f() {}`, `fn g() {}\n\n${TESTS.replace("{\n", "{ // x\n")}`)).toBe(
      false,
    );
    expect(testsDiffer(TESTS, TESTS.replace("'{'", "'}'"))).toBe(true);
    expect(testsDiffer("fn f() {}", "fn f() {}\n#[test]\nfn t() {}")).toBe(true);
  });
});

describe("a product with other tests", () => {
  it("has these where its own stood, without those that they don't have, and new ones at the end of their block", () => {
    const product = "fn f() { 1 }\n#[test]\nfn a() {}\nmod inner {\n    fn g() {}\n}\n#[test]\nfn b() {}\n";
    const tests = "#[test]\nfn a() { new(); }\nmod inner {\n    #[test]\n    fn c() {}\n}\nfn f() { 2 }\n";
    expect(productWith(product, tests)).toBe(
      "fn f() { 1 }\n#[test]\nfn a() { new(); }\nmod inner {\n    fn g() {}\n\n#[test]\n    fn c() {}\n}\n\n",
    );
  });

  it("declares the modules named, which hold nothing but tests there", () => {
    expect(productWith("mod a;\n", "mod a;\npub mod slug;\nmod b;\n", new Set(["slug"]))).toBe(
      "mod a;\n\npub mod slug;\n",
    );
  });

  const part = fc.constantFrom(
    "fn f() -> u8 { 1 }",
    "impl S { fn g() {} #[cfg(test)] fn peek() {} }",
    "mod inner { #[cfg(test)] mod tests { #[test] fn t() {} } }",
    "#[cfg(test)]\nmod tests {\n    fn x() { '}'; }\n}",
    "#[cfg(test)] use a::{b, c};",
    "#[test] fn t() { /* } */ }",
    'const S: &str = r#"#[test] fn no() {}"#;',
    "/// Text.\n#[test]\n#[ignore]\nfn u() {}",
    "struct S { #[cfg(test)] seen: u8 }",
    "}",
    "{",
    '"',
    "/*",
    "// a",
  );
  const source = fc.array(part).map((parts) => parts.join("\n"));

  it("is the text itself where these are its own (R1)", () => {
    fc.assert(fc.property(fc.oneof(source, fc.string()), (text) => productWith(text, text) === text));
  });

  const whole = fc
    .array(part.filter((text) => text.length > 4))
    .map((parts) => parts.map((text) => `${text}\n`).join(""));
  it("has the tests of the one and the product of the other", () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const mixed = productWith(a, b);
        expect(testsOf(mixed).sort()).toEqual(testsOf(b).sort());
        expect(productWith(mixed, "").replace(/\s/g, "")).toBe(productWith(a, "").replace(/\s/g, ""));
      }),
    );
  });
});
