import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Files, type TempProject, tempProject } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

async function checkOut(files: Files, options: { git?: boolean; at?: string } = {}): Promise<string> {
  temp = tempProject(files, options);
  const store = await temp.store();
  const { tree } = await store.snapshot();
  const { dir } = await store.checkout(tree, temp.dir());
  await store.asRepository(tree, dir);
  return dir;
}

const ASKS = 'test("no large file", () => list(execFileSync("git", ["ls-files"])));\n';

describe("a checkout as a repository", () => {
  it("lists the files of its tree as they are, with modes, and has no history", async () => {
    const dir = await checkOut({ "test/size.test.js": ASKS, "run.sh": ["exec", "true\n"] });
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", dir, ...args], { encoding: "utf8", stdio: "pipe" });
    expect(git("ls-files").trim().split("\n")).toEqual(["run.sh", "test/size.test.js"]);
    expect(git("ls-files", "-s", "run.sh")).toMatch(/^100755 /);
    expect(git("status", "--porcelain").trim().split("\n").sort()).toEqual([
      "A  run.sh",
      "A  test/size.test.js",
    ]);
    expect(() => git("log")).toThrow();
  });

  it("is made for a project alone that is one itself, and speaks of git outside of its documents", async () => {
    for (const [files, options] of [
      [{ "test/a.test.js": ASKS }, { git: false }],
      [{ "test/a.test.js": ASKS }, { at: "repo/packages/a" }],
      [{ "a.js": "digits();\n", "README.md": "git clone\n" }, {}],
    ] as const) {
      expect([options, existsSync(join(await checkOut(files, options), ".git"))]).toEqual([options, false]);
      temp.remove();
    }
  });
});
