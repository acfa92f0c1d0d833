import { describe, expect, it } from "vitest";
import { hollowSource } from "../../../src/workspace/hollow/hollow-source.ts";

const hollow = (path: string, base: string | null, result: string) => hollowSource(path, base, result);

describe("hollowSource for JavaScript and TypeScript", () => {
  it("takes the body of every function out of a new file", () => {
    const source = `import fs from "node:fs";
export function a(x) { return x + 1; }
export const b = (x) => x * 2;
export const c = async (x) => { await x; };
class D extends Object { constructor() { super(); this.x = 1; } get y() { return 1; } static z() { return 2; } }
`;
    expect(hollow("a.js", null, source)).toEqual({
      taken: 6,
      otherChanges: false,
      text: `import fs from "node:fs";
export function a(x) {}
export const b = (x) => (void 0);
export const c = async (x) => {};
class D extends Object { constructor() { super(...arguments); } get y() {} static z() {} }
`,
    });
  });

  it("leaves unchanged functions alone", () => {
    const base = "function a() { return 1; }\nfunction b() { return 2; }\n";
    const result = "function a() { return 1; }\nfunction b() { return 3; }\n";
    expect(hollow("a.js", base, result)).toMatchObject({
      taken: 1,
      text: "function a() { return 1; }\nfunction b() {}\n",
    });
  });

  it("takes out the inner function where only that changed, not all around it", () => {
    const around = (body: string) =>
      `define(function () { const k = 1; function inner() { ${body} } return inner; });\n`;
    expect(hollow("a.js", around("return 1;"), around("return 2;"))).toMatchObject({
      taken: 1,
      text: "define(function () { const k = 1; function inner() {} return inner; });\n",
    });
  });

  it("says where something beside functions changed, which may be all that was asked for", () => {
    expect(
      hollow("a.js", "const limit = 30;\n", "const limit = 60;\nfunction f() { return 1; }\n"),
    ).toMatchObject({ taken: 1, otherChanges: true });
    expect(
      hollow("a.js", "const limit = 30;\n", "const limit = 30;\nfunction f() { return 1; }\n"),
    ).toMatchObject({ otherChanges: false });
    expect(hollow("a.js", null, "export class A { size = 3; m() { return 1; } }\n")).toMatchObject({
      otherChanges: true,
    });
  });

  it("reads types, decorators and JSX", () => {
    const typed =
      "export function id<T>(value: T): T { return value; }\ninterface X { a: string }\ndeclare function d(): void;\n";
    expect(hollow("a.ts", null, typed)).toMatchObject({ taken: 1, otherChanges: false });
    expect(hollow("a.tsx", null, "export const A = () => <b>{1}</b>;\n")).toMatchObject({
      text: "export const A = () => (void 0);\n",
    });
  });

  it("gives nothing for what does not parse, and for other languages", () => {
    expect(hollow("a.js", null, "function (")).toBeNull();
    expect(hollow("a.rb", null, "def a; 1; end")).toBeNull();
  });
});

describe("hollowSource for Python", () => {
  it("takes the bodies of added and changed functions out, nested ones and one-liners too", () => {
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
      otherChanges: false,
      text: `${base}
@decorated
async def added(
    x,
    y={"a": 1},
):
    pass
class A:
    def method(self): pass
    def other(self):
        pass
`,
    });
  });

  it("says where something beside functions changed", () => {
    expect(hollow("a.py", "LIMIT = 30\n", "LIMIT = 60\n")).toMatchObject({ taken: 0, otherChanges: true });
    expect(
      hollow("a.py", null, "class A:\n    size = 3\n    def f(self):\n        return 1\n"),
    ).toMatchObject({ otherChanges: true });
  });

  it("is not misled by strings and comments that look like code", () => {
    const source = 'def f():\n    text = """\ndef g():\n    return 1\n"""\n    return text  # def h(): (\n';
    expect(hollow("a.py", null, source)).toMatchObject({ taken: 1, text: "def f():\n    pass\n" });
    expect(hollow("a.py", null, "x = (\n")).toBeNull();
  });
});
