import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";
import { alteredLiterals } from "./literals.ts";

describe("alterSource for JavaScript and TypeScript", () => {
  it.each([
    ['assert.equal(slug("A b"), "a-b");', 'assert.equal(slug("A b"), "a-bq");'],
    ["assert.strictEqual(3, add(1, 2));", "assert.strictEqual(4, add(1, 2));"],
    ['expect(slug("A")).toBe("a");', 'expect(slug("A")).toBe("aq");'],
    ["expect(f()).to.deep.equal([1, { a: true }]);", "expect(f()).to.deep.equal([2, { a: false }]);"],
    ["expect(f()).toEqual({});", "expect(f()).toEqual({ q: 1 });"],
    ["t.is(f(), -1);", "t.is(f(), -2);"],
    ["assert(f() === 2);", "assert(f() === 3);"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source that is looked at.
    ["assert.equal(f(), `x${y}`);", "assert.equal(f(), `x${y}q`);"],
    ["assert.equal(f(), null);", "assert.equal(f(), 1);"],
    ["expect(spy).toHaveBeenCalledTimes(2);", "expect(spy).toHaveBeenCalledTimes(3);"],
    ["expect(f()).toHaveLength(0);", "expect(f()).toHaveLength(1);"],
  ])("lets it expect another value, and gives the code the same: %s", (source, altered) => {
    expect(alterSource("test/a.test.ts", source)).toBe(altered);
  });

  it("leaves names, messages, and what is not compared for equality", () => {
    for (const source of [
      'test("a name", () => f("x"));',
      'assert.ok(f("x"), "a message");',
      'assert.notEqual(f(), "x");',
      'expect(f()).not.toBe("x");',
      "assert.doesNotThrow(() => f(1));",
      'import { equal } from "./x.js";',
      'const fast = process.env.FAST === "1";',
      "this does not parse",
    ])
      expect(alteredLiterals("a.test.js", source), source).toEqual([]);
    const source = 'assert.equal(f(), 1, "a message");';
    expect(alterSource("a.test.js", source)).toBe('assert.equal(f(), 2, "a message");');
  });

  it.each([
    ['assert.equal(slug("") === "", true);', 'assert.equal(slug("") === "", false);'],
    ['expect(slug("") === "").toBe(true);', 'expect(slug("") === "").toBe(false);'],
    ["assert.ok(2 === 1 + f() && g() === 3);", "assert.ok(3 === 1 + f() && g() === 4);"],
    ["assert.deepEqual([1, f()], [1, 2]);", "assert.deepEqual([1, f()], [2, 3]);"],
    ['assert.equal("a", "a");', 'assert.equal("a", "aq");'],
    [
      "assert.equal(run(() => assert.equal(f(), 1)), 2);",
      "assert.equal(run(() => assert.equal(f(), 2)), 3);",
    ],
  ])("alters one side of each comparison: %s", (source, altered) => {
    expect(alterSource("test/a.test.ts", source)).toBe(altered);
  });

  it.each([
    ['import { deepEqual } from "../src/deep-equal.js";', "assert.ok(deepEqual({ a: 1 }, { a: 1 }));"],
    ['const { deepEqual } = require("../src/deep-equal");', "assert.ok(deepEqual([1], [1]));"],
    ['const { equals } = await import("#lib/equals.js");', "assert.ok(equals(1, 1));"],
    ['import * as money from "@/money.js";', "expect(money.equal(1, 1)).toBeTruthy();"],
    ['import { Money } from "../src/money.js";', "assert.ok(new Money(1).equals({ amount: 1 }));"],
    ['import { Money } from "../src/money.js"; const a = new Money(1); const b = a;', "assert.ok(b.is(1));"],
    ['import { all } from "../src/money.js";', "for (const one of all()) assert.ok(one.equals(1));"],
    ['import { all } from "../src/money.js";', "all().forEach((one) => assert.ok(one.equals(1)));"],
  ])(
    "leaves what is given to the code under test, though it is called as assertions are: %s %s",
    (...lines) => {
      expect(alteredLiterals("test/a.test.js", lines.join("\n"))).toEqual([]);
    },
  );

  it("alters what such code is asserted to give", () => {
    const head = 'import { Money } from "../src/money.js";\n';
    for (const [source, altered] of [
      [
        "assert.equal(new Money(1).equals({ amount: 1 }), true);",
        "assert.equal(new Money(1).equals({ amount: 1 }), false);",
      ],
      ['Money.of(1).text.should.equal("1");', 'Money.of(1).text.should.equal("1q");'],
      ['expect(new Money(1).text).to.equal("1");', 'expect(new Money(1).text).to.equal("1q");'],
    ])
      expect(alterSource("test/a.test.js", head + source)).toBe(head + altered);
  });

  it.each([
    [
      'for (const [input, want] of [["A", "a"], ["B", "b"]]) assert.equal(slug(input), want);',
      'for (const [input, want] of [["A", "aq"], ["B", "bq"]]) assert.equal(slug(input), want);',
    ],
    [
      'const CASES = [{ input: "A", want: "a" }] as const;\nfor (const { input, want: w } of CASES) expect(slug(input)).toBe(w);',
      'const CASES = [{ input: "A", want: "aq" }] as const;\nfor (const { input, want: w } of CASES) expect(slug(input)).toBe(w);',
    ],
    [
      'test.each([["A", "a"]])("slug(%s)", (input, want) => { expect(slug(input)).toBe(want); });',
      'test.each([["A", "aq"]])("slug(%s)", (input, want) => { expect(slug(input)).toBe(want); });',
    ],
    [
      'it.each([{ input: "A", want: 1 }])("x", ({ input, want }) => assert.ok(f(input) === want));',
      'it.each([{ input: "A", want: 2 }])("x", ({ input, want }) => assert.ok(f(input) === want));',
    ],
    [
      '[["A", "a"]].forEach(([input, want]) => assert.equal(want, slug(input), input + want));',
      '[["A", "aq"]].forEach(([input, want]) => assert.equal(want, slug(input), input + want));',
    ],
    [
      'for (const c of [{ i: "A", o: "a" }]) test(c.i + c.o, () => assert.equal(slug(c.i), c.o));',
      'for (const c of [{ i: "A", o: "aq" }]) test(c.i + c.o, () => assert.equal(slug(c.i), c.o));',
    ],
    [
      'const EXPECTED = { a: 1 };\ntest("x", () => assert.deepEqual(f("A"), EXPECTED));',
      'const EXPECTED = { a: 2 };\ntest("x", () => assert.deepEqual(f("A"), EXPECTED));',
    ],
  ])("follows names to what they stand for: %s", (source, altered) => {
    expect(alterSource("test/a.test.ts", source)).toBe(altered);
  });

  it.each([
    'for (const [a, b] of [["A", "a"]]) assert.equal(slug(b), b);',
    'for (const [a, b] of [["A", "a"]]) { assert.equal(slug(a), b); other(b); }',
    'const INPUT = "a";\nassert.equal(decode(encode(INPUT)), INPUT);',
    'let want = "a";\nassert.equal(slug("A"), want);',
    'const CASES = [["A", "a"]];\nfor (const [a, b] of CASES) assert.equal(slug(a), b);\nslug(CASES[0][1]);',
    'for (const c of [{ i: "A", o: "a" }]) assert.equal(slug(c), c.o);',
    'for (const [a, b] of [["A", "a"]]) assert.notEqual(slug(a), b);',
    "const WANT = 1;\nconst f = (x = WANT) => x;\nassert.equal(f(), WANT);",
  ])("leaves what the code under test may be given as well: %s", (source) => {
    expect(alteredLiterals("test/a.test.js", source)).toEqual([]);
  });

  it.each([
    ["assert.throws(() => f(1), RangeError);", "assert.throws(() => f(1), EvalError);"],
    ["assert.throws(() => f(1), /no|none/i);", "assert.throws(() => f(1), /(?:no|none)qqq/i);"],
    ['await assert.rejects(f(1), { code: "E1" });', 'await assert.rejects(f(1), { code: "E1q" });'],
    ['expect(() => f(1)).toThrow("no");', 'expect(() => f(1)).toThrow("noq");'],
    ["await expect(f(1)).rejects.toThrow(NoError);", "await expect(f(1)).rejects.toThrow(EvalError);"],
  ])("lets it expect another error: %s", (source, altered) => {
    expect(alterSource("test/a.test.js", source)).toBe(altered);
  });

  it("leaves errors that are not said, or not expected", () => {
    for (const source of [
      "assert.throws(() => f(1));",
      'assert.throws(() => f(1), "a message");',
      "expect(() => f(1)).not.toThrow(RangeError);",
      "assert.doesNotThrow(() => f(1), RangeError);",
    ])
      expect(alteredLiterals("a.test.js", source), source).toEqual([]);
  });

  it("never expects the value that was expected before", () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.double({ min: 0, noNaN: true }));
    fc.assert(
      fc.property(value, (expected) => {
        const altered = alterSource("a.test.js", `same(f(), ${JSON.stringify(expected)})`);
        const [, literal = ""] = /^same\(f\(\), (.*)\)$/su.exec(altered ?? "") ?? [];
        const now: unknown = JSON.parse(literal);
        expect(typeof now).toBe(typeof expected);
        expect(now === expected).toBe(false);
      }),
    );
  });
});

describe("alterSource for Python", () => {
  it.each([
    ['        self.assertEqual(slug("A b"), "a-b")', '        self.assertEqual(slug("A b"), "a-bq")'],
    ['    assert slug("A") == "a"', '    assert slug("A") == "aq"'],
    ["    assert add(1, 2) == 3, 'sum'  # why", "    assert add(1, 2) == 4, 'sum'  # why"],
    ["    assert 3 == add(1, 2)", "    assert 4 == add(1, 2)"],
    ["    self.assertEqual(True, f())", "    self.assertEqual(False, f())"],
    ["    assert p.moved(1, -1) == Point(2, 1)  # why", "    assert p.moved(1, -1) == Point(2, 2)  # why"],
    ["    assert due(1) == datetime.date(2024, 1, 2)", "    assert due(1) == datetime.date(2024, 1, 3)"],
    ['    assert f("x") == ["a", "b"]', '    assert f("x") == ["a", "bq"]'],
    ['    self.assertEqual(f(1), {"a": 1})', '    self.assertEqual(f(1), {"a": 2})'],
  ])("lets it expect another value, and gives the code the same: %s", (source, altered) => {
    expect(alterSource("test_a.py", `${source}\n`)).toBe(`${altered}\n`);
  });

  it("leaves what is not compared for equality", () => {
    for (const source of [
      'assert f("x")',
      "assert f() != 1",
      "self.assertIn(a, f())",
      'name == "x"',
      "assert f() == g(1)",
    ])
      expect(alteredLiterals("test_a.py", `${source}\n`), source).toEqual([]);
  });
});

describe("alterSource for errors and tables in Python", () => {
  it.each([
    ["    with self.assertRaises(ValueError):", "    with self.assertRaises(FloatingPointError):"],
    [
      "    with pytest.raises(errors.NoSlug, match='x') as e:",
      "    with pytest.raises(FloatingPointError, match='x') as e:",
    ],
    ["    self.assertRaises(FloatingPointError, f, 1)", "    self.assertRaises(BufferError, f, 1)"],
  ])("lets it expect another error: %s", (source, altered) => {
    expect(alterSource("test_a.py", `${source}\n`)).toBe(`${altered}\n`);
  });

  it.each([
    [
      '"text, wanted"',
      '[("A", "a"), ("B, (", "b")]',
      '[("A", "aq"), ("B, (", "bq")]',
      "assert slug(text) == wanted",
    ],
    [
      "['text', 'wanted']",
      '[\n    ["A", 1],\n    ["B", -1],\n]',
      '[\n    ["A", 2],\n    ["B", 0],\n]',
      "assert wanted == f(text)",
    ],
    ["'text,wanted'", '[("A", True)]', '[("A", False)]', "self.assertEqual(f(text), wanted)"],
  ])("alters what a table expects: %s %s", (names, rows, altered, assertion) => {
    const test = (table: string) =>
      `@pytest.mark.parametrize(${names}, ${table})\ndef test_slug(text, wanted):\n    ${assertion}\n`;
    expect(alterSource("test_a.py", test(rows))).toBe(test(altered));
  });

  it.each([
    ["assert slug(wanted) == wanted", '[("A", "a")]'],
    ["assert slug(text) != wanted", '[("A", "a")]'],
    ["assert slug(text) == wanted or wanted", '[("A", "a")]'],
    ["assert slug(text) == wanted\n    other(wanted)", '[("A", "a")]'],
    ["assert slug(text) == wanted", '[("A", NAME)]'],
    ["assert slug(text) == wanted", '[("A", """a""")]'],
    ["assert slug(text) == wanted", 'CASES + [("A", "a"'],
  ])(
    "leaves a table where the code under test may be given of it, or that it can't read: %s",
    (body, rows) => {
      const source = `@pytest.mark.parametrize("text,wanted", ${rows})\ndef test_slug(text, wanted):\n    ${body}\n`;
      expect(alteredLiterals("test_a.py", source)).toEqual([]);
    },
  );

  it("leaves errors that are only spoken of", () => {
    for (const source of ["# pytest.raises(ValueError)", "raise ValueError(1)", "pytest.raises((A, B))"])
      expect(alteredLiterals("test_a.py", `${source}\n`), source).toEqual([]);
  });
});

it("knows no other language", () => {
  expect(alterSource("a_test.go", 'if got != "x" {}')).toBeNull();
});
