import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { changeTemp, type Files, type TempProject, tempProject } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

async function change(before: Files, after: Files, gone: string[] = []) {
  temp = tempProject(before);
  const { changes: found, ...changed } = await changeTemp(temp, after, gone);
  return { ...changed, found };
}

describe("an inspection", () => {
  it("counts lines, with null for binary files", async () => {
    const { found } = await change(
      { "a.txt": "1\n2\n3\n", "b.bin": Buffer.from([0, 1]), c: "x", "t\tn": "1\n" },
      { "a.txt": "1\n3\n4\n5\n", "b.bin": Buffer.from([0, 2]), "t\tn": "2\n" },
      ["c"],
    );
    expect(found.files.map((file) => [file.path, file.added_lines, file.deleted_lines])).toEqual([
      ["a.txt", 2, 1],
      ["b.bin", null, null],
      ["c", 0, 1],
      ["t\tn", 1, 1],
    ]);
  });

  it("finds symlinks that lead out, in every way that they can", async () => {
    const { found } = await change(
      {
        "a.txt": "a",
        "sub/x": "x",
        "old-out": ["link", "/etc"],
        "turns/in": ["link", "../sub/to/a"],
        "sub/to/a": "a",
      },
      {
        abs: ["link", "/etc/passwd"],
        up: ["link", "../x"],
        "sub/fine": ["link", "../a.txt"],
        "sub/deep": ["link", "../../x"],
        "sub/root": ["link", ".."],
        "sub/via": ["link", "root/../x"],
        git: ["link", ".git/hooks"],
        "sub/pm": ["link", "../.pm"],
        chain: ["link", "abs"],
        loop: ["link", "loop"],
        dangling: ["link", "not/there"],
        "sub/to": ["link", "../../elsewhere"],
      },
    );
    expect(found.escapes.map(({ path }) => path).sort()).toEqual(
      ["abs", "chain", "git", "sub/deep", "sub/pm", "sub/to", "sub/via", "turns/in", "up"].sort(),
    );
  });

  it("says nothing of a link that led out before", async () => {
    const { found } = await change({ out: ["link", "/etc"], a: ["link", "b"] }, { a: ["link", "c"] });
    expect(found.escapes).toEqual([]);
  });

  it("finds secrets in added lines alone, of known form or in use", async () => {
    const ant = `sk-ant-api03-${"x".repeat(40)}`;
    const { found } = await change(
      { "old.txt": `key=${ant}\nend\n`, "moved.txt": "a\n" },
      {
        "old.txt": `key=${ant}\nother\n`,
        "new.env": `A=AKIA${"Q".repeat(16)}\nB=ghp_${"a".repeat(36)}\n`,
        "in-use.ts": "const k = 'the-key-in-use';\n",
        "key.pem": "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n",
        "wide.txt": Buffer.from(`token ${ant}`, "utf16le"),
        "harmless.css": ".sk-folding-cube-animation-delay { risk-aversion-is-no-key-at-all: 1 }\n",
      },
    );
    expect(found.secrets).toEqual([
      { path: "in-use.ts", kind: "a key in use" },
      { path: "key.pem", kind: "a private key" },
      { path: "new.env", kind: "an AWS access key" },
      { path: "new.env", kind: "a GitHub token" },
      { path: "wide.txt", kind: "an Anthropic key" },
    ]);
  });

  it("finds package.json files whose scripts differ, not those where only other keys do", async () => {
    const manifest = (scripts: object | undefined, name = "x") => JSON.stringify({ name, scripts });
    const { found } = await change(
      {
        "package.json": manifest({ test: "node --test", a: "1" }),
        "same/package.json": manifest({ a: "1", b: "2" }),
        "gone/package.json": manifest({ a: "1" }),
        "broken/package.json": manifest({ a: "1" }),
      },
      {
        "package.json": manifest({ test: "true", a: "1" }),
        "same/package.json": manifest({ b: "2", a: "1" }, "renamed"),
        "added/package.json": manifest({ postinstall: "x" }),
        "plain/package.json": manifest(undefined),
        "broken/package.json": "{",
      },
      ["gone/package.json"],
    );
    expect(found.scripts_changed).toEqual([
      "added/package.json",
      "broken/package.json",
      "gone/package.json",
      "package.json",
    ]);
  });

  it("calls cosmetic what differs in white space or comments, and not a new mode or a new file", async () => {
    const { found } = await change(
      { "a.ts": "const a = 1;\n", "b.ts": "const b = 1;\n", "c.md": "# a\n", "d.ts": "let d = 1" },
      {
        "a.ts": "// why\nconst  a=1 ;\n",
        "b.ts": "const b = 2;\n",
        "c.md": "# a\n\n",
        "e.ts": "// only\n",
        "d.ts": ["exec", "let d  = 1"],
      },
    );
    expect(found.cosmetic).toEqual(["a.ts"]);
  });
});

describe("a patch", () => {
  it("is a unified diff that is cut with a note where it is too long", async () => {
    const { store, tree, result } = await change(
      { "a.txt": "one\n", "b.bin": Buffer.from([0, 1]) },
      { "a.txt": "two\n", "b.bin": Buffer.from([0, 2]), "ü.txt": `${"ü".repeat(2000)}\n` },
    );
    const patch = await store.patch(tree, result, 100_000);
    expect(patch).toContain("-one\n+two\n");
    expect(patch).toContain("Binary files a/b.bin and b/b.bin differ");
    expect(patch).toContain("+++ b/ü.txt");
    const cut = await store.patch(tree, result, 300);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(300);
    expect(cut).toMatch(/\[diff cut after 300 bytes\]\n$/);
    expect(await store.patch(tree, tree, 300)).toBe("");
  });
});

describe("reading a file", () => {
  it("gives its bytes, a link's target, and null for what is no file of the tree", async () => {
    const { store, tree } = await change(
      { "a b.txt": "a", "d/x": "x", l: ["link", "d/x"], "*": "star", ":!x": "odd" },
      {},
    );
    const read = async (path: string) => (await store.readFile(tree, path))?.toString() ?? null;
    expect(await read("a b.txt")).toBe("a");
    expect(await read("l")).toBe("d/x");
    expect(await read("*")).toBe("star");
    expect(await read(":!x")).toBe("odd");
    for (const path of ["d", "d/", "./a b.txt", "../x", "", "nope", "d/x/y", "/etc/passwd"]) {
      expect(await read(path), path).toBeNull();
    }
  });

  it("of a store that lost its objects is E308", async () => {
    const { store, tree } = await change({ "a.txt": "a" }, {});
    rmSync(join(temp.project, ".pm/store.git/objects"), { recursive: true });
    await expect(store.readFile(tree, "a.txt")).rejects.toMatchObject({ code: "E308" });
  });
});
