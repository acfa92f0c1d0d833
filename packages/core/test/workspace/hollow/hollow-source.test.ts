import { describe, expect, it } from "vitest";
import { hollowSource } from "../../../src/workspace/hollow/hollow-source.ts";
import type { HollowMode } from "../../../src/workspace/hollow/hollowed.ts";

/** Without the notes to linters and type checkers. */
function hollow(path: string, base: string | null, result: string, mode?: HollowMode) {
  const hollowed = hollowSource(path, base, result, mode);
  const text = hollowed?.text
    .replace(/\/\* eslint-disable \*\/ \/\/ @ts-nocheck\n.*\n/, "")
    .replace(/# mypy: [\s\S]*$/, "");
  return hollowed && { ...hollowed, text };
}

describe("hollowSource for JavaScript and TypeScript", () => {
  it("lets every function of a new file return at once, and leaves its text", () => {
    const source = `import fs from "node:fs";
export function a(x) { return f(x); }
export const b = (x) => g(x);
export const c = async (x) => { await x; };
class D extends Object { constructor() { super(); this.x = 1; } get y() { return n1; } static z() { return n2; } }
`;
    expect(hollow("a.js", null, source)).toEqual({
      taken: 6,
      text: `import fs from "node:fs";
export function a(x) { return; return f(x); }
export const b = (x) => (void 0 && (g(x)));
export const c = async (x) => { return; await x; };
class D extends Object { constructor() { super(...arguments); return; super(); this.x = 1; } get y() { return; return n1; } static z() { return; return n2; } }
`,
    });
  });

  it("leaves unchanged functions alone", () => {
    const base = "function a() { return n1; }\nfunction b() { return n2; }\n";
    const result = "function a() { return n1; }\nfunction b() { return n3; }\n";
    expect(hollow("a.js", base, result)).toMatchObject({
      taken: 1,
      text: "function a() { return n1; }\nfunction b() { return; return n3; }\n",
    });
  });

  it("takes out the inner function where only that changed, not all around it", () => {
    const around = (body: string) =>
      `define(function () { const k = 1; function inner() { ${body} } return inner; });\n`;
    expect(hollow("a.js", around("return n1;"), around("return n2;"))).toMatchObject({
      taken: 1,
      text: "define(function () { const k = 1; function inner() { return; return n2; } return inner; });\n",
    });
  });

  it("gives what nobody expects, of the kind that a function is known to give", () => {
    const given = (source: string, path = "a.js") => hollow(path, null, source)?.text;
    for (const [body, gives] of [
      ["return x.length;", "NaN"],
      ["return Math.floor(x) - 1;", "NaN"],
      ["if (x) return null; return `a`;", '"\\u0001"'],
      ["return x + ' ';", '"\\u0001"'],
      ["return [x];", '["\\u0001"]'],
      ["return { x };", '({ "\\u0001": 1 })'],
    ])
      expect(given(`function f(x) { ${body} }\n`)).toBe(`function f(x) { return ${gives}; ${body} }\n`);
    for (const body of [
      "return x;",
      "return x.toString();",
      "return x ? 1 : '';",
      "if (x) return 1; return '';",
      "[1].map(() => { return 1; });",
    ])
      expect(given(`function f(x) { ${body} }\n`)).toBe(`function f(x) { return; ${body} }\n`);
    expect(given("export const f = (x) => x - 1;\n")).toBe(
      "export const f = (x) => ((void 0 && (x - 1)) || NaN);\n",
    );
    for (const [type, gives] of [
      ["string | null", '"\\u0001"'],
      ["Promise<readonly A[]>", 'Promise.resolve(["\\u0001"])'],
      ["A", "void 0"],
    ])
      expect(given(`function f(): ${type} { return g(); }\n`, "a.ts")).toBe(
        `function f(): ${type} { return ${gives} as any; return g(); }\n`,
      );
    expect(given("class A { constructor() { return {}; } }\n")).toContain("{ return; return {}; }");
  });

  it("keeps a field that a parameter of the constructor would fill, and does not fill it", () => {
    const source =
      "class E extends Error { constructor(readonly id: string, private n = 1) { super(id); } }\n";
    expect(hollow("a.ts", null, source)?.text).toBe(
      "class E extends Error { id!: any; n!: any; constructor(id: string, n = 1) { super(...arguments); return void 0 as any; super(id); } }\n",
    );
  });

  it("takes the values of changed constants, fields and exports", () => {
    const changed = (base: string | null, result: string) => hollow("a.js", base, result)?.text;
    expect(changed("const limit = 30;\nconst k = 1;\n", "const limit = 60;\nconst k = 1;\n")).toBe(
      "const limit = (void 0 && (60));\nconst k = 1;\n",
    );
    expect(changed(null, "export class A { size = 3; m() { return n1; } }\n")).toBe(
      "export class A { size = (void 0 && (3)); m() { return; return n1; } }\n",
    );
    expect(changed(null, "exports.limit = [60];\n")).toBe("exports.limit = (void 0 && ([60]));\n");
    expect(changed(null, "register(() => n1);\n")).toBe(
      "((void 0 && (register(() => n1))) || function () {});\n",
    );
  });

  it("lets what is or may be a function stay one, so that a look whether it is there passes", () => {
    const changed = (result: string, path = "a.js") => hollow(path, null, result)?.text;
    expect(changed("export default { a: [1], f() { return n2; }, g: [() => n3, 4] };\n")).toBe(
      "export default { a: (void 0 && ([1])), f() { return; return n2; }, g: [() => (void 0 && (n3)), (void 0 && (4))] };\n",
    );
    for (const value of ["memo((text) => n0)", "memo(count)", "helpers.count", "styled.b`x`"])
      expect(changed(`export const words = ${value};\n`)).toBe(
        `export const words = ((void 0 && (${value})) || function () {});\n`,
      );
    expect(changed("module.exports = wrap((text) => n0);\n", "a.cjs")).toBe(
      "module.exports = ((void 0 && (wrap((text) => n0))) || function () {});\n",
    );
    expect(changed("export const words = ((text) => n0) as Words;\n", "a.ts")).toBe(
      "export const words = ((text) => (void 0 as any && (n0))) as Words;\n",
    );
  });

  it("leaves alone which modules are taken, in both ways, and what only says types", () => {
    const source =
      'const fs = require("node:fs");\nconst { join } = require("node:path").posix;\nfunction f() { return n1; }\n';
    expect(hollow("a.cjs", null, source)?.text).toBe(source.replace("{ return n1", "{ return; return n1"));
    const typed = 'import fs = require("node:fs");\ntype A = 1;\nexport function f(): A { return n1; }\n';
    expect(hollow("a.cts", null, typed)?.text).toBe(
      typed.replace("{ return n1", "{ return void 0 as any; return n1"),
    );
  });

  it("leaves exports that only name things: without them nothing could be asked", () => {
    const named = "function f() {}\nmodule.exports = { f, g: f };\nexports.h = f;\nexport { f };\n";
    expect(hollow("a.cjs", "function f() {}\n", named)).toMatchObject({ taken: 0, text: named });
  });

  it("gives the members of enums other values, of their kinds", () => {
    const source = 'export enum A { B, C = 3, D = "d" }\nfunction f() { return n1; }\n';
    expect(hollow("a.ts", null, source)?.text).toBe(
      'export enum A { B = 7340049, C = 3 + 7340033, D = "dq" }\nfunction f() { return void 0 as any; return n1; }\n',
    );
  });

  it("takes functions out beside statements that it knows nothing of, and gives nothing where these are all", () => {
    const known = "namespace N { export const a = 1; }\n";
    expect(hollow("a.ts", null, `${known}function f() { return n1; }\n`)?.taken).toBe(1);
    expect(hollow("a.ts", null, known)).toBeNull();
  });

  it("skips blocks that are new or differ, but for functions in them, which do nothing instead", () => {
    const source = "if (x) f(); else g();\nif (y) { exports.a = function () { return n1; }; }\nfor (;;) {}\n";
    expect(hollow("a.js", "for (;;) {}\n", source)).toEqual({
      ...{ taken: 2 },
      text: "if (false) if (x) f(); else g();\nif (y) { exports.a = function () { return; return n1; }; }\nfor (;;) {}\n",
    });
  });

  it("reads types, decorators and JSX", () => {
    const typed =
      "export function id<T>(value: T): T { return value; }\ninterface X { a: string }\ndeclare function d(): void;\n";
    expect(hollow("a.ts", null, typed)).toMatchObject({ taken: 1 });
    expect(hollow("a.tsx", null, "export const A = () => <b>{1}</b>;\n")).toMatchObject({
      text: "export const A = () => (void 0 as any && (<b>{1}</b>));\n",
    });
  });

  it("reads what compilers take and the language does not yet have, and passes over mistakes", () => {
    const nest =
      "@A()\nexport class B { constructor(@C() private c: D) {} f() { using x = g(); return n1; } }\n";
    expect(hollow("a.ts", null, nest)?.text).toContain("f() { return void 0 as any; using");
    const flow = "// @flow\nexport function f(a: ?string): number { return n1; }\n";
    expect(hollow("a.js", null, flow)?.taken).toBe(1);
    expect(hollow("a.js", null, "let a; let a;\nexport function f() { return n1; }\n")?.taken).toBe(1);
  });

  it("asks linters and type checkers to look away, behind the line that says what runs it", () => {
    const notes = "/* eslint-disable */ // @ts-nocheck\n// biome-ignore-all lint format: taken out\n";
    expect(hollowSource("a.js", null, "#!/usr/bin/env node\nfunction f() { g(); }\n")?.text).toBe(
      `#!/usr/bin/env node\n${notes}function f() { return; g(); }\n`,
    );
    expect(hollowSource("a.py", null, "K = 1\n")?.text).toBe(
      "K = None and ( 1\n)\n# mypy: ignore-errors\n# ruff: noqa\n# flake8: noqa\n# pylint: skip-file\n",
    );
  });

  it("gives nothing for what does not parse, and for other languages", () => {
    expect(hollow("a.js", null, "function (")).toBeNull();
    expect(hollow("a.rb", null, "def a; 1; end")).toBeNull();
  });
});

describe("hollowSource for Python", () => {
  it("lets added and changed functions return at once, nested ones and one-liners too", () => {
    const base = "import os\n\n\ndef same(x):\n    return x\n";
    const result = `${base}
@decorated
async def added(
    x,
    y={"a": 1},
):
    """Doc: with a colon."""
    if x:
        return y

    return x

class A:
    def method(self): return 1

    def other(self):
        # a comment
        return 2
`;
    expect(hollow("a.py", base, result)).toEqual({
      taken: 3,
      text: `${base}
@decorated
async def added(
    x,
    y={"a": 1},
):
    return
    """Doc: with a colon."""
    if x:
        return y

    return x

class A:
    def method(self): return -7340033; return 1
    def other(self):
        return -7340033
        # a comment
        return 2
`,
    });
  });

  it("takes the values of changed constants, fields too, over several lines and with comments", () => {
    expect(hollow("a.py", "LIMIT = 30\nK = 1\n", "LIMIT = 60  # s\nK = 1\n")).toEqual({
      ...{ taken: 1, text: "LIMIT = None and ( 60  # s\n)\nK = 1\n" },
    });
    const table = "class A:\n    sizes: list[int] = [\n        1,\n    ]\n";
    expect(hollow("a.py", null, table)?.text).toBe(
      "class A:\n    sizes: list[int] = None and ( [\n        1,\n    ]\n)\n",
    );
  });

  it("finds the body of a function in one line, whatever colons stand around it", () => {
    const hollowed = (source: string) => hollow("a.py", null, source)?.text;
    expect(hollowed('def f(x: int, y={"a:": 1}) -> "a:b": return {x: y}[:1]  # c: d\n')).toBe(
      'def f(x: int, y={"a:": 1}) -> "a:b": return; return {x: y}[:1]  # c: d\n',
    );
    expect(hollowed("f: Callable = lambda x, y={1: 2}: {x: y}  # c\n")).toBe(
      "f: Callable = lambda x, y={1: 2}: None and ( {x: y}  # c\n)\n",
    );
  });

  it("gives what nobody expects, of the kind that a function is known to give", () => {
    const given = (source: string) => hollow("a.py", null, source)?.text;
    for (const [value, gives] of [
      ["len(x)", "-7340033"],
      ["f'{x}'", '"\\x01"'],
      ["x.lower()", '"\\x01"'],
      ["[y for y in x]", '["\\x01"]'],
      ["{}", '{"\\x01": 1}'],
    ])
      expect(given(`def f(x):\n    if not x:\n        return None\n    return ${value}  # c\n`)).toBe(
        `def f(x):\n    return ${gives}\n    if not x:\n        return None\n    return ${value}  # c\n`,
      );
    for (const value of ["x", "[1][x]", '"a" in x', "{1, 2}"])
      expect(given(`def f(x):\n    return ${value}\n`)).toBe(`def f(x):\n    return\n    return ${value}\n`);
    expect(given("def f(x) -> float | None:\n    return g(x)\n")).toContain('return float("nan")\n');
    expect(given("def f(x) -> A:\n    return 1\n")).toContain("    return\n    return 1");
  });

  it("gives a value to what is nothing already, but for what an import falls back to", () => {
    const given = (path: string, source: string) => hollow(path, null, source)?.text;
    expect(given("a.py", "class A:\n    x: str | None = None\n    y = False  # c\n")).toBe(
      "class A:\n    x: str | None = True or ( None\n)\n    y = True or ( False  # c\n)\n",
    );
    expect(given("a.js", "export const debug = false;\nexport const last = null;\n")).toBe(
      "export const debug = ((void 0 && (false)) || true);\nexport const last = ((void 0 && (null)) || true);\n",
    );
  });

  it("leaves what only names functions: without it nothing could be asked", () => {
    const named = '__all__ = ["f", "g"]\ng = f\nh = run  # later\n';
    expect(hollow("a.py", null, named)).toMatchObject({ taken: 0, text: named });
  });

  it("skips statements that are new or differ, with their clauses, and no import that is tried", () => {
    const base = "import os\n\n\ndef same(x):\n    y = x\n    print(y)\n    return y\n\n\n";
    const source = `if x:\n    a(1)\nelse:\n    b()\nclass K:\n    register(1)\ntry:\n    import fast\nexcept ImportError:\n    fast = None\n`;
    expect(hollow("a.py", base, base + source)).toEqual({
      ...{ taken: 3 },
      text: `${base}if False:\n if x:\n     a(1)\n else:\n     b()\nclass K:\n    if False:\n     register(1)\ntry:\n    import fast\nexcept ImportError:\n    fast = None and ( None\n)\n`,
    });
    const guarded = "if x:\n    def f():\n        return 1\n";
    expect(hollow("a.py", null, guarded)?.text).toBe(
      guarded.replace("        return 1", "        return -7340033\n        return 1"),
    );
  });

  it("leaves what runs as a program alone", () => {
    const main = 'if __name__ == "__main__":\n    print(1)\n';
    expect(hollow("a.py", null, main)).toMatchObject({ taken: 0, text: main });
  });

  it("is not misled by strings and comments that look like code", () => {
    const source = 'def f():\n    text = """\ndef g():\n    return 1\n"""\n    return text  # def h(): (\n';
    expect(hollow("a.py", null, source)).toMatchObject({ taken: 1 });
    expect(hollow("a.py", null, source)?.text).toBe(source.replace("    text", "    return\n    text"));
    expect(hollow("a.py", null, "x = (\n")).toBeNull();
  });
});

describe("hollowSource where functions that the base has throw, or are as they were", () => {
  const base =
    "export const a = () => n1;\nclass C extends B {\n  get() { return n1; }\n}\nexports.e = function () { return n1; };\n";
  const result =
    "const N = 2;\nexport const a = () => N;\nclass C extends B {\n  get() { return n2; }\n  set() { return n3; }\n}\nexports.e = function () { return n2; };\nfunction added() { return n4; }\n";
  it("throws in JavaScript from what the base has by name, and returns at once from what is new", () => {
    expect(hollow("a.js", base, result, "thrown")?.text).toBe(
      'const N = (void 0 && (2));\nexport const a = () => { throw new Error("taken out"); (N); };\nclass C extends B {\n  get() { throw new Error("taken out"); return n2; }\n  set() { return; return n3; }\n}\nexports.e = function () { throw new Error("taken out"); return n2; };\nfunction added() { return; return n4; }\n',
    );
  });
  it("puts back in JavaScript what the base has by name, with constants as they are now", () => {
    expect(hollow("a.js", base, result, "reverted")?.text).toBe(
      "const N = 2;\nexport const a = () => n1;\nclass C extends B {\n  get() { return n1; }\n  set() { return; return n3; }\n}\nexports.e = function () { return n1; };\nfunction added() { return; return n4; }\n",
    );
  });
  it("does both in Python", () => {
    const before = "class A:\n    def f(self):\n        return 1\n\ndef g(): return 1\n";
    const after =
      "K = 2\nclass A:\n    def f(self, x=K):\n        return x\n\ndef g(): return 2\ndef h():\n    return 3\n";
    expect(hollow("a.py", before, after, "thrown")?.text).toBe(
      "K = None and ( 2\n)\nclass A:\n    def f(self, x=K):\n        raise RuntimeError\n        return x\n\ndef g(): raise RuntimeError; return 2\ndef h():\n    return -7340033\n    return 3\n",
    );
    expect(hollow("a.py", before, after, "reverted")?.text).toBe(
      "K = 2\nclass A:\n    def f(self):\n        return 1\n\ndef g(): return 1\ndef h():\n    return -7340033\n    return 3\n",
    );
  });
});
