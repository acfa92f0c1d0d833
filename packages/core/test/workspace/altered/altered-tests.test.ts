import { describe, expect, it } from "vitest";
import { alterSource } from "../../../src/workspace/altered/alter-source.ts";
import { alteredTests } from "../../../src/workspace/altered/altered-tests.ts";

/** What is known of a test that a runner's report calls so: altered, spared, or both. */
function fateOf(path: string, source: string, name: string): boolean[] {
  const tests = alteredTests(path, source, alterSource(path, source) ?? source);
  return [...new Set(tests.filter((test) => test.name.test(name)).map(({ altered }) => altered))];
}

describe("alteredTests in JavaScript and TypeScript", () => {
  const inJavaScript = (source: string, name: string) => fateOf("a.test.ts", source, name);

  it("tells the tests in which an expectation was altered from those in which none was", () => {
    const source = `
      describe("slug", () => {
        it("is short", () => expect(slug("a")).toBe("a"));
        it.only("is there", async () => { await slug("a"); });
      });
      describe("other", () => test("is short", () => other()));
    `;
    expect(inJavaScript(source, "slug > is short")).toEqual([true]);
    expect(inJavaScript(source, "slug > is there")).toEqual([false]);
    expect(inJavaScript(source, "other > is short")).toEqual([false]);
    expect(inJavaScript(source, "slug > is nowhere")).toEqual([]);
  });

  it("knows a test by what of its title stands in the source", () => {
    const source = `
      test.each([["A", "a"]])("slug of %s", (text, want) => { expect(slug(text)).toBe(want); });
      test("slug of nothing", () => slug());
      test("sum of nothing", () => sum());
    `;
    expect(inJavaScript(source, "slug of A")).toEqual([true]);
    expect(inJavaScript(source, "slug of nothing")).toEqual([true, false]);
    expect(inJavaScript(source, "sum of nothing")).toEqual([false]);
    const unknown = "test(name, () => equal(f(), 1)); test('x', () => f());";
    expect(inJavaScript(unknown, "x")).toEqual([true, false]);
  });

  it("takes parts of a test for the test, and finds it in suites that it does not know", () => {
    const source = `
      test("a", async (t) => { await t.test("b", () => equal(f(), 1)); });
      test("c", () => test.step("d", () => equal(f(), 1)));
      given("x", () => describe("y", () => given("z", () => it("e", () => equal(f(), 1)))));
      test("f", () => f());
    `;
    for (const name of ["a", "a > b", "c", "x > y > z > e"])
      expect(inJavaScript(source, name)).toEqual([true]);
    expect(inJavaScript(source, "f")).toEqual([false]);
  });

  it.each([
    'const same = (x) => equal(x, "a"); test("x", () => same(f()));',
    'beforeEach(() => { equal(f(), "a"); }); test("x", () => f());',
    'const own = test; own("x", () => equal(f(), 1)); test("x", () => f());',
    'const WANT = "a"; test("y", () => equal(f(), WANT)); test("x", () => f());',
  ])("takes all tests for altered where something outside of them is: %s", (source) => {
    expect(inJavaScript(source, "x")).toEqual([true]);
  });

  it("spares the tests of a file in which there is nothing to alter, and none that it can't read", () => {
    expect(inJavaScript('test("x", () => f());', "x")).toEqual([false]);
    expect(inJavaScript('test("x", () => f()', "x")).toEqual([]);
    expect(fateOf("a_test.go", "func TestX() {}", "TestX")).toEqual([]);
  });
});

describe("alteredTests in Python", () => {
  const inPython = (lines: readonly string[], name: string) => fateOf("test_a.py", lines.join("\n"), name);

  it("tells the tests in which an expectation was altered from those in which none was", () => {
    const lines = [
      "class TestSlug:",
      "    def test_short(self):",
      '        assert slug("a") == "a"',
      "",
      "    def test_there(self):",
      "        slug('a')",
      "",
      '@mark.parametrize("text,wanted", [',
      '    ("A", "a"),',
      "])",
      "def test_table(text, wanted):",
      "    assert slug(text) == wanted",
      "",
      "async def test_last():",
      "    await slug('a')",
    ];
    expect(inPython(lines, "TestSlug > test_short")).toEqual([true]);
    expect(inPython(lines, "TestOther > test_short")).toEqual([true]);
    expect(inPython(lines, "TestSlug > test_there")).toEqual([false]);
    expect(inPython(lines, "test_table[A-a]")).toEqual([true]);
    expect(inPython(lines, "test_last")).toEqual([false]);
    expect(inPython(lines, "test_la")).toEqual([]);
  });

  it("takes all tests for altered where something outside of them is", () => {
    const lines = ["def same(x):", '    assert x == "a"', "", "def test_x():", "    same(f())"];
    expect(inPython(lines, "test_x")).toEqual([true]);
    const early = ["def test_x(", "    f,", "):", '    assert f() == "a"', "def test_y():", "    f()"];
    expect(inPython(early, "test_y")).toEqual([true]);
  });
});
