import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";
import { alteredLiterals } from "./literals.ts";

describe("alterSource for what is looked for, in JavaScript and TypeScript", () => {
  it.each([
    ["assert.match(f(1), /^a|b$/m);", "assert.match(f(1), /(?:^a|b$)qqq/m);"],
    ["t.regex(f(1), /a/);", "t.regex(f(1), /(?:a)qqq/);"],
    ["expect(f()).toMatch(/a/);", "expect(f()).toMatch(/(?:a)qqq/);"],
    ['expect(f()).toMatch("a");', 'expect(f()).toMatch("aqqq");'],
    ["expect(f()).to.match(/a/);", "expect(f()).to.match(/(?:a)qqq/);"],
    ['expect(f()).toContain("a");', 'expect(f()).toContain("aqqq");'],
    ["expect(f()).toContain(1);", "expect(f()).toContain(7340034);"],
    ["expect(f()).toContainEqual({ a: 1 });", "expect(f()).toContainEqual({qqq: 1, a: 1 });"],
    ['expect(f()).to.include("a");', 'expect(f()).to.include("aqqq");'],
    ['assert.include(f(), "a");', 'assert.include(f(), "aqqq");'],
    ['expect(spy).toHaveBeenCalledWith("a", [1]);', 'expect(spy).toHaveBeenCalledWith("a", ["qqq",1]);'],
    ['expect(spy).toHaveBeenCalledWith("a", x);', 'expect(spy).toHaveBeenCalledWith("aqqq", x);'],
    ['assert.ok(f("b").includes("a"), "why");', 'assert.ok(f("b").includes("aqqq"), "why");'],
    ['assert(f()?.startsWith("a") && x);', 'assert(f()?.startsWith("aqqq") && x);'],
    ['t.true(f().some((line) => line.includes("a")));', 't.true(f().some((line) => line.includes("aqqq")));'],
    ["assert.ok(/a/.test(f()));", "assert.ok(/(?:a)qqq/.test(f()));"],
  ])("looks for what isn't there: %s", (source, altered) => {
    expect(alterSource("test/a.test.ts", source)).toBe(altered);
  });

  it.each([
    "assert.doesNotMatch(f(), /a/);",
    "expect(f()).not.toMatch(/a/);",
    'expect(f()).not.toContain("a");',
    'expect(f()).to.not.include("a");',
    'expect(spy).not.toHaveBeenCalledWith("a");',
    'assert.ok(!f().includes("a"));',
    'assert.ok(f().includes("a") || x);',
    "assert.ok(!/a/.test(f()));",
    'assert.ok(f().every((line) => line.includes("a")));',
    "const [, id] = f().match(/(a)/);",
    'if (list.includes("a", 1)) f();',
    'import { match } from "../src/match.js"; match(f(), /a/);',
  ])("leaves what must not be found, and what the test itself looks up: %s", (source) => {
    expect(alteredLiterals("test/a.test.js", source)).toEqual([]);
  });
});

describe("alterSource for what is looked for, in Python", () => {
  it.each([
    ['self.assertIn("a", f())', 'self.assertIn("aqqq", f())'],
    ["self.assertIn(1, f())", "self.assertIn(7340034, f())"],
    ['assert "not or" in f()', 'assert "not orqqq" in f()'],
    ["assert any('a' in line for line in logs)", "assert any('aqqq' in line for line in logs)"],
    [
      'self.assertTrue(any("a" in line for line in logs.output))',
      'self.assertTrue(any("aqqq" in line for line in logs.output))',
    ],
    ['assert f("b").startswith("a")', 'assert f("b").startswith("aqqq")'],
    ['self.assertRegex(f(), r"^a|b$")', 'self.assertRegex(f(), r"(?:^a|b$)qqq")'],
    ['assert re.search(r"a", f())', 'assert re.search(r"(?:a)qqq", f())'],
    ['send.assert_called_once_with("a", times=2)', 'send.assert_called_once_with("a", times=7340035)'],
    ['send.assert_any_call("a")', 'send.assert_any_call("aqqq")'],
  ])("looks for what isn't there: %s", (source, altered) => {
    expect(alterSource("test_a.py", `    ${source}\n`)).toBe(`    ${altered}\n`);
  });

  it.each([
    'self.assertNotIn("a", f())',
    'assert "a" not in f()',
    'assert not any("a" in line for line in f())',
    'assert "a" in f() or x',
    'assert all("a" in line for line in f())',
    'assert not f().startswith("a")',
    'assert none(f().startswith("a"))',
    'self.assertNotRegex(f(), "a")',
    'if "a" in f():',
  ])("leaves what must not be found, and what the test itself looks up: %s", (source) => {
    expect(alteredLiterals("test_a.py", `    ${source}\n`)).toEqual([]);
  });
});
