import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
const path = process.env.PATH;
beforeEach(() => {
  temp = tempProject({ "a.txt": "a" });
  mkdirSync(join(temp.root, "bin"));
});
afterEach(() => {
  process.env.PATH = path;
  temp.remove();
});

describe("a snapshot store", () => {
  it("is refused with E110 without git, and with one that is too old", async () => {
    process.env.PATH = join(temp.root, "bin");
    await expect(temp.store()).rejects.toMatchObject({ code: "E110", data: { needed: "2.30" } });
    writeFiles(temp.root, { "bin/git": ["exec", "#!/bin/sh\necho git version 2.29.9\n"] });
    await expect(temp.store()).rejects.toMatchObject({ code: "E110" });
    expect(existsSync(join(temp.project, ".pm"))).toBe(false);
  });

  it("is refused with what stands in its way", async () => {
    writeFileSync(join(temp.project, ".pm"), "a file");
    await expect(temp.store()).rejects.toMatchObject({ code: "E102" });
  });

  it("can be opened by several processes at once and reads what each wrote", async () => {
    const stores = await Promise.all([temp.store(), temp.store(), temp.store()]);
    const snapshots = await Promise.all(stores.map((store) => store.snapshot()));
    expect(new Set(snapshots.map(({ tree }) => tree)).size).toBe(1);
    await Promise.all(stores.map((store) => store.consolidate(snapshots[0]?.tree ?? "")));
    for (const store of stores) expect(await store.listFiles(snapshots[0]?.tree ?? "")).toEqual(["a.txt"]);
  });

  it("does not see the git variables of the process that runs it", async () => {
    process.env.GIT_DIR = join(temp.root, "elsewhere");
    process.env.GIT_INDEX_FILE = join(temp.root, "elsewhere/index");
    try {
      const store = await temp.store();
      expect((await store.snapshot()).files).toBe(1);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
    }
    expect(existsSync(join(temp.root, "elsewhere"))).toBe(false);
  });
});
