import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";

describe("alterSource where a test wants something of a condition", () => {
  it.each([
    ['assert.ok(isEmpty(""), "message");', 'assert.ok(!(isEmpty("")), "message");'],
    ["assert(!isEmpty(list));", "assert(!(!isEmpty(list)));"],
    ["expect(find(1)).toBeUndefined();", "expect(find(1)).not.toBeUndefined();"],
    ["await expect(load()).resolves.toBeNull();", "await expect(load()).resolves.not.toBeNull();"],
    ['expect(redact(text)).not.toContain("x");', 'expect(redact(text)).toContain("x");'],
    ["expect(() => close()).not.toThrow();", "expect(() => close()).toThrow();"],
    ["expect(() => parse(1)).toThrow();", "expect(() => parse(1)).not.toThrow();"],
    ["assert.doesNotThrow(() => close());", "assert.throws(() => close());"],
    ["assert.notEqual(id(), id());", "assert.equal(id(), id());"],
    ["t.true(has(1));", "t.false(has(1));"],
    ["assert.equal(find(1), undefined);", "assert.equal(find(1), 1);"],
  ])("turns it round in JavaScript: %s", (source, altered) => {
    expect(alterSource("test/a.test.ts", source)).toBe(altered);
  });

  it.each([
    ["assert is_empty(text), 'message'", "assert not is_empty(text), 'message'"],
    ["assert not is_empty(text)", "assert is_empty(text)"],
    ["assert isinstance(f(), dict)", "assert not isinstance(f(), dict)"],
    ["assert f() is False", "assert f() is True"],
    ["self.assertIsNone(f())", "self.assertIsNotNone(f())"],
    ['self.assertNotIn("x", f())', 'self.assertIn("x", f())'],
  ])("turns it round in Python: %s", (source, altered) => {
    expect(alterSource("test_a.py", `    ${source}\n`)).toBe(`    ${altered}\n`);
  });

  it.each([
    ["a.test.js", "assert.ok(f() === 1);", "assert.ok(f() === 2);"],
    ["a.test.js", "assert.ok([[1, 2]].every(([a, b]) => f(a) === b));", null],
    ["test_a.py", "assert f() == 1\n", "assert f() == 2\n"],
    ["test_a.py", "WANTED = 1\nassert f() == WANTED\n", "WANTED = 1\nassert not f() == WANTED\n"],
    ["test_a.py", "assert len(f()) >= 0\nself.assertGreater(f(), n)\n", null],
    ["test_a.py", "assert a() or b()\nassert all([\n    f(),\n])\n", null],
  ])(
    "turns nothing twice, and nothing that another word would not turn as a whole: %s %s",
    (path, source, altered) => {
      const now = alterSource(path, source);
      if (altered !== null) expect(now).toBe(altered);
      else if (path.endsWith(".py")) expect(now).toBeNull();
      else expect(now?.match(/!\(/g)).toHaveLength(1);
    },
  );

  it("leaves what is only to be more or less", () => {
    expect(alterSource("a.test.js", "assert.ok(f().length >= 0);")).toBeNull();
  });

  it("leaves what a test falls back to where its comparison failed, in both languages", () => {
    expect(alterSource("a.test.js", "try { equal(f(), 1); } catch { ok(f()); }\n")).toBe(
      "try { equal(f(), 2); } catch { ok(f()); }\n",
    );
    expect(alterSource("a.test.js", "try { f(); fail(); } catch (e) { equal(e.code, 1); }\n")).toBe(
      "try { f(); fail(); } catch (e) { equal(e.code, 2); }\n",
    );
    const python = (first: string, second: string) =>
      `def test_a():\n    try:\n        ${first}\n\n    except AssertionError:\n        ${second}\n    assert g() == 1\n`;
    const turned = (text: string) => text.replace("g() == 1", "g() == 2");
    expect(alterSource("test_a.py", python("assert f() == 1", "assert f()"))).toBe(
      turned(python("assert f() == 2", "assert f()")),
    );
    expect(alterSource("test_a.py", python("f()", "assert f()"))).toBe(
      turned(python("f()", "assert not f()")),
    );
  });
});
