import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";

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
      expect(alterSource("a.test.js", source), source).toBeNull();
    const source = 'assert.equal(f(), 1, "a message");';
    expect(alterSource("a.test.js", source)).toBe('assert.equal(f(), 2, "a message");');
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
  ])("lets it expect another value, and gives the code the same: %s", (source, altered) => {
    expect(alterSource("test_a.py", `${source}\n`)).toBe(`${altered}\n`);
  });

  it("leaves what is not compared for equality", () => {
    for (const source of ['assert f("x")', "assert f() != 1", 'self.assertIn("a", f())', 'name == "x"'])
      expect(alterSource("test_a.py", `${source}\n`), source).toBeNull();
  });
});

it("knows no other language", () => {
  expect(alterSource("a_test.go", 'if got != "x" {}')).toBeNull();
});
