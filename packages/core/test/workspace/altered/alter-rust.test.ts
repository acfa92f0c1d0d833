import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";

const alter = (source: string, ...filters: string[]) => alterSource("tests/slug.rs", source, filters);

describe("alterSource for Rust", () => {
  it.each([
    ['assert_eq!(slug("A b"), "a-b");', 'assert_eq!(slug("A b"), "a-bq");'],
    ['assert_eq!("a", slug("A"), "of {}", "A");', 'assert_eq!("aq", slug("A"), "of {}", "A");'],
    ["assert_eq!(f(1, 2), Ok(Some(-3)),);", "assert_eq!(f(1, 2), Ok(Some(-4)),);"],
    ["pretty::assert_eq!(f(1), vec![1, 2]);", "pretty::assert_eq!(f(1), vec![2, 3]);"],
    ["assert_eq!(f(), [0u8; 4]);", "assert_eq!(f(), [1u8; 4]);"],
    ['assert_eq!(f(), String::from("x"));', 'assert_eq!(f(), String::from("xq"));'],
    ['assert_eq!(f(), &["a".to_string()]);', 'assert_eq!(f(), &["aq".to_string()]);'],
    ["assert_eq!(f(1), Point { x: 1, y: -2 });", "assert_eq!(f(1), Point { x: 2, y: -3 });"],
    ["assert!(f(1) == 2);", "assert!(f(1) == 3);"],
    ["assert!(f(1) == 2 && 'a' == g(), \"x\");", "assert!(f(1) == 3 && 'q' == g(), \"x\");"],
    ["assert!(matches!(f(1), Err(Fault::At(3))));", "assert!(matches!(f(1), Err(Fault::At(4))));"],
    ['#[should_panic(expected = "empty")]', '#[should_panic(expected = "emptyq")]'],
    ["assert_eq!(1, 1);", "assert_eq!(1, 2);"],
  ])("alters what is expected, and no input: %s", (before, after) => {
    expect(alter(before)).toBe(after);
  });

  it.each([
    'assert_ne!(slug("a"), "b");',
    "assert!(f(1) == 2 || true);",
    "assert!(f(1) > 2);",
    "assert!(f(true));",
    "assert_eq!(f(1), g(2));",
    'assert_eq!(f(), Slug::new("a"));',
    "assert_eq!(f(1), None);",
    '// assert_eq!(f(), "a");',
    "assert_eq!();",
    "assert_eq!(f(), 1",
  ])("leaves alone what is compared with nothing that can be told: %s", (source) => {
    expect(alter(source)).toBeNull();
  });

  it("alters what runs, where a filter tells that", () => {
    const old = "#[test]\nfn joins() { assert_eq!(f(1), 2); }\n";
    const panics = '#[test]\n#[should_panic(expected = "x")]\nfn empty_panics() { f(0); }\n';
    expect(alter(`${old}${panics}`, "--lib", "tests::empty")).toBe(`${old}${panics.replace('"x"', '"xq"')}`);
    expect(alter(`${old}#[test]\nfn empty() { assert!(f(0).is_empty()); }\n`, "empty")).toBeNull();
    expect(alter(old, "slug::")).toBe(old.replace("2)", "3)"));
  });

  it("leaves a product alone that holds the tests", () => {
    const product = "fn f(x: u8) -> u8 { assert!(x == 1); x }\n";
    const test = (value: number) => `#[cfg(test)]\nmod tests { fn t() { assert_eq!(f(1), ${value}); } }\n`;
    expect(alterSource("src/lib.rs", `${product}${test(1)}`)).toBe(`${product}${test(2)}`);
    expect(alterSource("src/lib.rs", product)).toBeNull();
  });
});
