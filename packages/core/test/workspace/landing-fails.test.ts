import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createGit } from "../../src/workspace/git.ts";
import { landTrees } from "../../src/workspace/land.ts";
import type * as placeFile from "../../src/workspace/place-file.ts";
import { broken } from "../support/failing-disk.ts";
import {
  contents,
  type Files,
  fingerprint,
  type TempProject,
  tempProject,
  writeFiles,
} from "./temp-project.ts";

vi.mock("../../src/workspace/place-file.ts", async (original) => {
  const { failingDisk } = await import("../support/failing-disk.ts");
  return failingDisk(await original<typeof placeFile>());
});

let temp: TempProject;
afterEach(() => {
  broken.clear();
  temp.remove();
});

const BEFORE: Files = { "a.txt": "a", "d/x": "x", "gone/deep/z": "z", kind: "file", "old/y": "y" };
const AFTER: Files = { "a.txt": "b", "d/x": "y", "kind/is": "directory now", "new/n": "n" };
const PATHS = ["a.txt", "d/x", "gone/deep/z", "kind", "kind/is", "new/n", "old/y"];

async function prepare() {
  temp = tempProject(BEFORE, { git: false });
  const store = await temp.store();
  const from = (await store.snapshot()).tree;
  const checkout = await store.checkout(from, temp.dir());
  execFileSync("find", [checkout.dir, "-mindepth", "1", "-delete"]);
  writeFiles(checkout.dir, AFTER);
  const to = await checkout.capture();
  await checkout.remove();
  return { store, from, to };
}

/** A landing whose process died before it changed `path`. */
async function dieBefore(path: string, from: string, to: string): Promise<void> {
  const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
  await new Promise<void>((resolve, reject) => {
    const hook = async (at: string) => {
      if (at !== path) return;
      resolve();
      await new Promise(() => undefined);
    };
    landTrees(git, temp.project, from, to, hook).then(() => reject(new Error("landed")), reject);
  });
}

const names = () =>
  execFileSync("find", [temp.project, "-path", "*/.pm", "-prune", "-o", "-print"], { encoding: "utf8" })
    .split("\n")
    .sort();

describe("a landing on a disk that fails", () => {
  it.each(PATHS)("leaves the project as it was where %s can't be changed", async (path) => {
    const { store, from, to } = await prepare();
    const before = { files: contents(temp.project), names: names() };
    broken.set(path, 0);
    await expect(store.land(from, to)).rejects.toMatchObject({ code: "E119" });
    expect({ files: contents(temp.project), names: names() }).toEqual(before);
    broken.clear();
    expect(await store.land(from, to)).toEqual({ conflicts: [] });
    expect(contents(temp.project)).toEqual({
      "a.txt": "file b",
      "d/x": "file y",
      "kind/is": "file directory now",
      "new/n": "file n",
    });
  });

  it("takes back all but what the disk keeps, says which, and is finished later", async () => {
    const { store, from, to } = await prepare();
    const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
    const hook = async (path: string) => {
      if (path === "old/y") for (const each of ["a.txt", "old/y"]) broken.set(each, 0);
    };
    const failed = landTrees(git, temp.project, from, to, hook);
    await expect(failed).rejects.toMatchObject({
      code: "E239",
      data: { paths: "a.txt", reason: "EIO: i/o error" },
    });
    const { "a.txt": stuck, ...rest } = contents(temp.project);
    expect(stuck).toBe("file b");
    expect(rest).toEqual({ "d/x": "file x", "gone/deep/z": "file z", kind: "file file", "old/y": "file y" });
    await expect(store.recoverLanding(from, to)).rejects.toMatchObject({ code: "E239" });
    broken.clear();
    expect(await store.recoverLanding(from, to)).toBe("finished");
    expect((await store.snapshot()).tree).toBe(to);
  });
});

describe("the recovery on a disk that fails", () => {
  it.each(["a.txt", "kind/is", "old/y"])(
    "undoes a landing that it can't finish, since %s can't be changed",
    async (path) => {
      const { store, from, to } = await prepare();
      const before = contents(temp.project);
      await dieBefore(path, from, to);
      broken.set(path, 0);
      await expect(store.recoverLanding(from, to)).rejects.toMatchObject({ code: "E119" });
      expect(contents(temp.project)).toEqual(before);
    },
  );

  it("never calls a landing undone of which nothing is known any more", async () => {
    const { store, from, to } = await prepare();
    await dieBefore("old/y", from, to);
    rmSync(join(temp.project, ".pm/store.git/objects"), { recursive: true });
    mkdirSync(join(temp.project, ".pm/store.git/objects"));
    await expect(store.recoverLanding(from, to)).rejects.toMatchObject({ code: "E239" });
  });
});

const isRoot = process.getuid?.() === 0;
/** Nothing in the folder can be made or removed, by root neither. */
const lock = (dir: string, on: boolean) =>
  isRoot
    ? execFileSync("chattr", [on ? "+i" : "-i", dir], { stdio: "ignore" })
    : chmodSync(dir, on ? 0o555 : 0o755);

describe("a landing in a project with a folder that can't be written", () => {
  it.for(["old", "d"])("touches nothing at all: %s", async (dir, { skip }) => {
    const { store, from, to } = await prepare();
    const folder = join(temp.project, dir);
    try {
      lock(folder, true);
    } catch {
      skip("this file system has no immutable folders");
    }
    try {
      const before = fingerprint(temp.project).filter((line) => !line.startsWith(".pm"));
      const inFiles = (lines: string[]) => lines.filter((line) => / (100|33)\d+ /.test(line));
      await expect(store.land(from, to)).rejects.toMatchObject({ code: "E104", data: { path: folder } });
      await expect(store.recoverLanding(from, to)).rejects.toMatchObject({ code: "E104" });
      const after = fingerprint(temp.project).filter((line) => !line.startsWith(".pm"));
      expect(inFiles(after)).toEqual(inFiles(before));
      expect(existsSync(join(temp.project, "new"))).toBe(false);
    } finally {
      lock(folder, false);
    }
    expect(await store.land(from, to)).toEqual({ conflicts: [] });
  });
});
