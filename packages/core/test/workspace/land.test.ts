import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createGit } from "../../src/workspace/git.ts";
import { landTrees } from "../../src/workspace/land.ts";
import type { SnapshotStore } from "../../src/workspace/types.ts";
import { arbitraryFiles } from "./arbitrary-files.ts";
import { contents, type Files, type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

/** A project, and the tree that it would be with other files instead. */
async function twoTrees(before: Files, after: Files, options: { git?: boolean } = {}) {
  temp = tempProject(before, options);
  const store = await temp.store();
  const from = (await store.snapshot()).tree;
  return { store, from, to: await treeOf(store, from, after) };
}

async function treeOf(store: SnapshotStore, from: string, after: Files): Promise<string> {
  const checkout = await store.checkout(from, temp.dir());
  execFileSync("find", [checkout.dir, "-mindepth", "1", "-delete"]);
  writeFiles(checkout.dir, after);
  const tree = await checkout.capture();
  await checkout.remove();
  return tree;
}

describe("a landing", () => {
  it("makes the project equal the result, whatever differs", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFiles, arbitraryFiles, fc.boolean(), async (before, after, git) => {
        const { store, from, to } = await twoTrees(before, after, { git });
        try {
          expect(await store.land(from, to)).toEqual({ conflicts: [] });
          expect((await store.snapshot()).tree).toBe(to);
          expect(await store.recoverLanding(from, to)).toBe("finished");
          expect(await store.land(to, from)).toEqual({ conflicts: [] });
          expect((await store.snapshot()).tree).toBe(from);
        } finally {
          temp.remove();
        }
      }),
      { numRuns: 15 },
    );
  });

  it("touches nothing but what differs", async () => {
    const { store, from, to } = await twoTrees(
      { "a.txt": "a", "b.txt": "b" },
      { "a.txt": "a", "b.txt": "B" },
    );
    const before = lstatSync(join(temp.project, "a.txt"), { bigint: true });
    await store.land(from, to);
    expect(lstatSync(join(temp.project, "a.txt"), { bigint: true })).toEqual(before);
    expect(readFileSync(join(temp.project, "b.txt"), "utf8")).toBe("B");
  });

  it("keeps the user's permissions beyond the executable bit", async () => {
    const { store, from, to } = await twoTrees(
      { "secret.txt": "a", run: ["exec", "a"], on: "x" },
      { "secret.txt": "b", run: "b", on: ["exec", "y"] },
    );
    chmodSync(join(temp.project, "secret.txt"), 0o600);
    chmodSync(join(temp.project, "run"), 0o750);
    chmodSync(join(temp.project, "on"), 0o640);
    expect(await store.land(from, to)).toEqual({ conflicts: [] });
    const mode = (name: string) => (statSync(join(temp.project, name)).mode & 0o777).toString(8);
    expect([mode("secret.txt"), mode("run"), mode("on")]).toEqual(["600", "640", "750"]);
  });

  it("removes directories that it empties and no others", async () => {
    const { store, from, to } = await twoTrees({ "d/e/x": "x", "k/y": "y" }, {});
    mkdirSync(join(temp.project, "empty"));
    mkdirSync(join(temp.project, "k/other"));
    await store.land(from, to);
    expect(existsSync(join(temp.project, "d"))).toBe(false);
    expect(existsSync(join(temp.project, "empty"))).toBe(true);
    expect(existsSync(join(temp.project, "k/other"))).toBe(true);
  });

  const base: Files = { "a.txt": "a", "b.txt": "b", "d/c.txt": "c", ".gitignore": "*.ignored\n" };
  const result: Files = {
    "a.txt": "A",
    "d/c.txt": "C",
    "n/new.txt": "n",
    "x.ignored": "x",
    ".gitignore": "",
  };
  const conflicts: [string, (project: string) => void, string[]][] = [
    ["a file that the user changed", (p) => writeFileSync(join(p, "a.txt"), "mine"), ["a.txt"]],
    ["a file whose mode the user changed", (p) => chmodSync(join(p, "a.txt"), 0o755), ["a.txt"]],
    ["a file that the user deleted", (p) => rmSync(join(p, "d/c.txt")), ["d/c.txt"]],
    ["a deleted file that the user changed", (p) => writeFileSync(join(p, "b.txt"), "mine"), ["b.txt"]],
    ["a file where a new one should be", (p) => writeFiles(p, { "n/new.txt": "n" }), ["n/new.txt"]],
    [
      "an ignored file where a new one should be",
      (p) => writeFiles(p, { "x.ignored": "mine" }),
      ["x.ignored"],
    ],
    ["a file where a new directory should be", (p) => writeFiles(p, { n: "mine" }), ["n/new.txt"]],
    [
      "a directory where a file was",
      (p) => {
        rmSync(join(p, "a.txt"));
        mkdirSync(join(p, "a.txt"));
      },
      ["a.txt"],
    ],
    [
      "a symlink where a directory was",
      (p) => {
        execFileSync("mv", [join(p, "d"), join(p, "../moved")]);
        symlinkSync("../moved", join(p, "d"));
      },
      ["d/c.txt"],
    ],
    [
      "a symlink where a new directory should be",
      (p) => {
        mkdirSync(join(p, "../outside"));
        symlinkSync("../outside", join(p, "n"));
      },
      ["n/new.txt"],
    ],
  ];
  for (const [what, change, expected] of conflicts) {
    it(`writes nothing at all where it finds ${what}`, async () => {
      const { store, from, to } = await twoTrees(base, result);
      change(temp.project);
      const before = contents(temp.root, [".git", ".pm", "work"]);
      expect(await store.land(from, to)).toEqual({ conflicts: expected });
      expect(contents(temp.root, [".git", ".pm", "work"])).toEqual(before);
    });
  }

  it("puts a file in place of a directory only where nothing else is in it", async () => {
    const { store, from, to } = await twoTrees(
      { "d/x": "x", ".gitignore": "*.o\n" },
      { d: "file", ".gitignore": "*.o\n" },
    );
    writeFiles(temp.project, { "d/build.o": "o" });
    expect(await store.land(from, to)).toEqual({ conflicts: ["d"] });
    expect(contents(join(temp.project, "d"))).toEqual({ "build.o": "file o", x: "file x" });
    rmSync(join(temp.project, "d/build.o"));
    mkdirSync(join(temp.project, "d/void/deep"), { recursive: true });
    expect(await store.land(from, to)).toEqual({ conflicts: [] });
    expect(readFileSync(join(temp.project, "d"), "utf8")).toBe("file");
  });

  it("never writes into .pm or .git, whatever a tree says", async () => {
    const { store, from } = await twoTrees({ "a.txt": "a" }, {});
    const tree = craftTree(join(temp.project, ".pm/store.git"), ".pm/evil");
    expect(await store.land(from, tree)).toEqual({ conflicts: [".pm/evil"] });
  });

  it("leaves no temp file behind and takes none for part of the project", async () => {
    const { store, from, to } = await twoTrees({ "a.txt": "a" }, { "a.txt": "b" });
    writeFiles(temp.project, { ".pm-land-0123456789abcdef": "left over" });
    expect((await store.snapshot()).tree).toBe(from);
    await store.land(from, to);
    expect(Object.keys(contents(temp.project))).toEqual([".pm-land-0123456789abcdef", "a.txt"]);
  });

  it("undoes what it did where the disk gives out midway", async () => {
    const { store, from, to } = await twoTrees(
      { "a.txt": "a", "d/x": "x", e: "e" },
      { "a.txt": "b", "d/x": "y" },
    );
    const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
    for (const at of ["a.txt", "d/x", "e"]) {
      const full = async (path: string) => {
        if (path === at) throw Object.assign(new Error("full"), { code: "ENOSPC" });
      };
      await expect(landTrees(git, temp.project, from, to, full)).rejects.toMatchObject({ code: "E109" });
      expect((await store.snapshot()).tree).toBe(from);
    }
    expect(Object.keys(contents(temp.project))).toEqual(["a.txt", "d/x", "e"]);
  });

  it("undoes what it did where the user changes a file midway, and names that file", async () => {
    const { store, from, to } = await twoTrees(
      { "a.txt": "a", "d/x": "x" },
      { "a.txt": "b", "d/x": "y", n: "n" },
    );
    const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
    for (const at of ["d/x", "n"]) {
      const meddle = async (path: string) => {
        if (path === at) writeFiles(temp.project, { [at]: "the user's" });
      };
      expect(await landTrees(git, temp.project, from, to, meddle)).toEqual({ conflicts: [at] });
      expect(contents(temp.project)).toEqual({ "a.txt": "file a", "d/x": "file x", [at]: "file the user's" });
      writeFiles(temp.project, { "d/x": "x" });
    }
    expect((await store.readFile(to, "n"))?.toString()).toBe("n");
  });
});

/** A tree with one file at a path that no snapshot would hold. */
function craftTree(storeDir: string, path: string): string {
  const git = (args: string[], input: string) =>
    execFileSync("git", [`--git-dir=${storeDir}`, ...args], { input, encoding: "utf8" }).trim();
  const blob = git(["hash-object", "-w", "--stdin"], "evil");
  const [dir, name] = path.split("/");
  const inner = git(["mktree"], `100644 blob ${blob}\t${name}\n`);
  return git(["mktree"], `040000 tree ${inner}\t${dir}\n`);
}
