import { afterEach, describe, expect, it } from "vitest";
import { hasNewCode, jumbledFiles } from "../../src/gates/new-code.ts";
import { changeTemp, type Files, type TempProject, tempProject } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

async function change(before: Files, after: Files, gone: string[] = []) {
  temp = tempProject(before);
  const { store, ...changed } = await changeTemp(temp, after, gone);
  const text = async (of: string, path: string) => (await store.readFile(of, path))?.toString("utf8") ?? null;
  return { store, ...changed, text };
}

describe("a jumbled result", () => {
  it("holds all words of before and after, can't be parsed, and has again what was deleted", async () => {
    const { store, result, changes, text } = await change(
      { "src/a.js": "let old = 1;\n", "src/gone.js": "let gone;\n", "data.json": "{}\n", "kept.js": "1;\n" },
      { "src/a.js": "let fresh = 1;\n", "data.json": '{"a":1}\n', "test/a.test.js": "let test;\n" },
      ["src/gone.js"],
    );
    const jumbled = await store.jumble(result, jumbledFiles(changes));
    const a = (await text(jumbled, "src/a.js")) ?? "";
    expect(a).toContain("let fresh = 1;");
    expect(a).toContain("let old = 1;");
    expect(() => new Function(a)).toThrow(SyntaxError);
    expect(() => JSON.parse(a)).toThrow(SyntaxError);
    expect(await text(jumbled, "src/gone.js")).toBe("let gone;\n");
    expect(await text(jumbled, "data.json")).toContain('{"a":1}');
    expect(await text(jumbled, "kept.js")).toBe("1;\n");
    expect(await text(jumbled, "test/a.test.js")).toBe("let test;\n");
  });

  it("is of no new code where none was added or changed", async () => {
    const { changes } = await change(
      { "src/gone.js": "1;\n", "a.json": "1\n" },
      { "a.json": "2\n", "b.css": "p {}\n", "README.md": "x\n", "test/a.test.js": "1;\n" },
      ["src/gone.js"],
    );
    expect(hasNewCode(changes)).toBe(false);
  });

  it("is of no new code where it only moved, or a link to it was made", async () => {
    const { changes } = await change(
      { "src/Slug.js": "1;\n" },
      { "src/slug.js": "1;\n", "src/index.js": ["link", "slug.js"] },
      ["src/Slug.js"],
    );
    expect(changes.files).toHaveLength(3);
    expect(hasNewCode(changes)).toBe(false);
  });
});

describe("altered expectations", () => {
  it("stand in the files named, as far as they have any, and nowhere else", async () => {
    const test = 'equal(f(), "x");\n';
    const { store, result, text } = await change(
      {},
      { "a.test.js": test, "b.test.js": test, "c.test.js": "f();\n" },
    );
    const altered = await store.alterExpectations(result, ["a.test.js", "c.test.js", "not-there.test.js"]);
    expect(altered?.files).toEqual(["a.test.js"]);
    expect(await text(altered?.tree ?? "", "a.test.js")).toBe('equal(f(), "xq");\n');
    expect(await text(altered?.tree ?? "", "b.test.js")).toBe(test);
    expect(await store.alterExpectations(result, ["c.test.js"])).toBeNull();
  });
});

describe("a hollow result", () => {
  it("has new files that are no code, with nothing in them, so that what loads them still loads", async () => {
    const { store, result, changes, text } = await change(
      { "data.json": "[1]\n", "a.css": "a {}\n" },
      {
        "src/a.js": 'import "./new.css";\nexport function a() { return 1; }\n',
        "src/new.css": "b {}\n",
        "src/new.json": '{"a":1}\n',
        "src/list.json": " [1]\n",
        "sub/package.json": '{"type":"module"}\n',
        "data.json": "[2]\n",
      },
    );
    const hollow = (await store.hollow(result, changes.files, "idle")) ?? "";
    expect(await text(hollow, "src/a.js")).toContain("{ return NaN; return 1; }");
    expect(await text(hollow, "src/new.css")).toBe("");
    expect(await text(hollow, "src/new.json")).toBe("{}\n");
    expect(await text(hollow, "src/list.json")).toBe("[]\n");
    expect(await text(hollow, "sub/package.json")).toBe('{"type":"module"}\n');
    expect(await text(hollow, "data.json")).toBe("[1]\n");
  });

  it("is none where there is nothing to take out", async () => {
    const { store, result, changes } = await change({}, { "a.css": "a {}\n" });
    expect(await store.hollow(result, changes.files, "idle")).toBeNull();
  });
});

describe("a result without its new names", () => {
  it("has files that only export, import and say types as they were, and all others as they are", async () => {
    const { store, result, changes, text } = await change(
      { "src/index.js": 'export { a } from "./a.js";\n', "src/a.js": "export function a() { return 1; }\n" },
      {
        "src/index.js": 'export { a } from "./a.js";\nexport { b } from "./b.js";\n',
        "src/a.js": "export function a() { return 2; }\n",
        "src/b.js": "export function b() { return 3; }\n",
      },
    );
    const tree = (await store.undeclare(result, changes.files)) ?? "";
    expect(await text(tree, "src/index.js")).toBe('export { a } from "./a.js";\n');
    expect(await text(tree, "src/a.js")).toBe("export function a() { return 2; }\n");
    expect(await text(tree, "src/b.js")).toBe("export function b() { return 3; }\n");
  });

  it("is none where no such file changed", async () => {
    const { store, result, changes } = await change(
      { "a.js": "" },
      { "a.js": "f();\n", "b.js": "export {};\n" },
    );
    expect(await store.undeclare(result, changes.files)).toBeNull();
  });
});
