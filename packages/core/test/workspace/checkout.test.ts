import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { arbitraryFiles } from "./arbitrary-files.ts";
import { contents, type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

async function start(files: Parameters<typeof tempProject>[0]) {
  temp = tempProject(files);
  const store = await temp.store();
  const { tree } = await store.snapshot();
  return { store, tree, checkout: await store.checkout(tree, temp.dir()) };
}

describe("a checkout", () => {
  it("and its capture are the identity on any set of files", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFiles, async (files) => {
        const { store, tree, checkout } = await start(files);
        try {
          expect(contents(checkout.dir)).toEqual(contents(temp.project));
          expect(await checkout.capture()).toBe(tree);
          expect(await store.diff(tree, tree)).toEqual([]);
          // Touched but not changed: the capture reads it again and finds the same.
          for (const path of Object.keys(contents(checkout.dir))) {
            if (!Array.isArray(files[path])) utimesSync(join(checkout.dir, path), 1000, 1000);
          }
          expect(await checkout.capture()).toBe(tree);
        } finally {
          temp.remove();
        }
      }),
      { numRuns: 25 },
    );
  });

  it("captures what was changed, added and deleted, of any type", async () => {
    const { store, tree, checkout } = await start({
      "a.txt": "a",
      "b.txt": "b",
      c: "c",
      "d/e": "e",
      f: "f",
      "g.sh": "g",
    });
    const { dir } = checkout;
    writeFiles(dir, { "a.txt": "A", "new/file": "n" });
    rmSync(join(dir, "b.txt"));
    rmSync(join(dir, "c"));
    writeFiles(dir, { "c/inner": "i" });
    rmSync(join(dir, "d"), { recursive: true });
    writeFiles(dir, { d: "now a file" });
    rmSync(join(dir, "f"));
    symlinkSync("a.txt", join(dir, "f"));
    chmodSync(join(dir, "g.sh"), 0o755);
    const result = await checkout.capture();
    const found = (await store.diff(tree, result)).map(({ path, status, old_mode, new_mode }) =>
      [path, status, old_mode, new_mode].join(" "),
    );
    expect(found).toEqual([
      "a.txt modified 100644 100644",
      "b.txt deleted 100644 ",
      "c deleted 100644 ",
      "c/inner added  100644",
      "d added  100644",
      "d/e deleted 100644 ",
      "f modified 100644 120000",
      "g.sh modified 100644 100755",
      "new/file added  100644",
    ]);
  });

  it("lets a .git that an agent makes count for nothing, at the top and in folders", async () => {
    const { store, tree, checkout } = await start({
      "a.txt": "a",
      "src/b.txt": "b",
      ".gitignore": "*.log\n",
    });
    const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent" };
    const git = (...args: string[]) => execFileSync("git", ["-C", checkout.dir, ...args], { env });
    git("init", "-q");
    git("init", "-q", "src");
    git("init", "-q", "crate");
    writeFiles(checkout.dir, {
      "src/c.txt": "c",
      "crate/main.rs": "m",
      "crate/x.log": "l",
      "crate/.gitignore": "target\n",
    });
    writeFiles(checkout.dir, { "crate/target/out": "o", "crate/deep/y.txt": "y", ".GIT/z": "z" });
    git("init", "-q", "crate/deep");
    git("-C", "crate", "add", "main.rs");
    git("-C", "crate", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    const result = await checkout.capture();
    expect((await store.diff(tree, result)).map((change) => change.path)).toEqual([
      "crate/.gitignore",
      "crate/deep/y.txt",
      "crate/main.rs",
      "src/c.txt",
    ]);
    expect((await store.inspect(tree, result)).escapes).toEqual([]);
  });

  it("keeps tracked files that an ignore rule names, and leaves new ignored ones out", async () => {
    temp = tempProject({ ".gitignore": "*.log\n", "kept.log": "k" });
    temp.git("add", "-A", "-f");
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, {
      "kept.log": "changed",
      "new.log": "n",
      ".gitignore": "*.log\nhidden\n",
      hidden: "h",
    });
    const result = await checkout.capture();
    expect((await store.diff(tree, result)).map((change) => change.path)).toEqual([".gitignore", "kept.log"]);
    await store.land(tree, result);
    expect((await store.snapshot()).tree).toBe(result);
  });

  it("leaves out what running Python leaves, unless the project keeps such a folder", async () => {
    const kept = "kept/__pycache__/a.cpython-39.pyc";
    const { store, checkout } = await start({ "a.py": "a", [kept]: "old" });
    const added = ["__pycache__/note.txt", "x__pycache__/b.pyc", "lib/b.py"];
    writeFiles(checkout.dir, {
      [kept]: "new",
      "kept/__pycache__/b.cpython-39.pyc": "b",
      "__pycache__/a.cpython-39.pyc": "a",
      "lib/__pycache__/b.cpython-39.opt-1.pyc": "b",
      ".pytest_cache/v/cache/lastfailed": "{}",
      ...Object.fromEntries(added.map((path) => [path, "x"])),
    });
    const files = await store.listFiles(await checkout.capture());
    expect(files.sort()).toEqual([...added, "a.py", kept, "kept/__pycache__/b.cpython-39.pyc"].sort());
  });

  it("honours the user's .git/info/exclude for new files, unless the workspace says otherwise", async () => {
    temp = tempProject({ "a.txt": "a" });
    writeFiles(temp.project, { ".git/info/exclude": "*.mine\n:odd\n" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, { "x.mine": "x", "keep.mine": "k", "b.txt": "b", ":odd": "o", ":!even": "e" });
    writeFiles(checkout.dir, { ".gitignore": "!keep.mine\n" });
    const result = await checkout.capture();
    const changed = (await store.diff(tree, result)).map((change) => change.path);
    expect(changed).toEqual([".gitignore", ":!even", "b.txt", "keep.mine"]);
    await store.land(tree, result);
    expect((await store.snapshot()).tree).toBe(result);
  });

  it("finds a change that keeps size and modification time", async () => {
    const { tree, checkout } = await start({ "a.txt": "one", "b.txt": "b" });
    const { atime, mtime } = statSync(join(checkout.dir, "a.txt"));
    writeFileSync(join(checkout.dir, "a.txt"), "two");
    utimesSync(join(checkout.dir, "a.txt"), atime, mtime);
    expect(await checkout.capture()).not.toBe(tree);
  });

  it("captures and removes a workspace whose permissions were taken away", async () => {
    const { store, tree, checkout } = await start({ "a/b.txt": "b", "c.txt": "c", "d/e/f.txt": "f" });
    writeFiles(checkout.dir, { "a/new.txt": "n" });
    chmodSync(join(checkout.dir, "c.txt"), 0);
    chmodSync(join(checkout.dir, "d/e"), 0);
    chmodSync(join(checkout.dir, "d"), 0);
    chmodSync(join(checkout.dir, "a"), 0);
    const result = await checkout.capture();
    expect((await store.diff(tree, result)).map((change) => change.path)).toEqual(["a/new.txt"]);
    chmodSync(join(checkout.dir, "a"), 0);
    chmodSync(checkout.dir, 0o500);
    await checkout.remove();
    expect(existsSync(checkout.dir)).toBe(false);
  });

  it("passes over pipes, sockets and what can't be stored", async () => {
    const { store, tree, checkout } = await start({ p: "p" });
    rmSync(join(checkout.dir, "p"));
    execFileSync("mkfifo", [join(checkout.dir, "p"), join(checkout.dir, "q")]);
    symlinkSync("/etc/passwd", join(checkout.dir, ".gitmodules"));
    mkdirSync(join(checkout.dir, ".pm"));
    writeFiles(checkout.dir, { ".pm/x": "x", "ok.txt": "ok" });
    const result = await checkout.capture();
    expect(await store.listFiles(result)).toEqual(["ok.txt"]);
    expect((await store.diff(tree, result)).map((change) => change.status)).toEqual(["added", "deleted"]);
  });

  it("does not wait for ever at a pipe where git looks for its rules", async () => {
    const { store, checkout } = await start({ "a.txt": "a", "d/.gitattributes": "* text\n", "d/x": "x" });
    rmSync(join(checkout.dir, "d/.gitattributes"));
    writeFiles(checkout.dir, { "closed/y": "y", "d/x": "X" });
    const pipes = [".gitignore", "d/.gitattributes", "closed/.gitignore"].map((path) =>
      join(checkout.dir, path),
    );
    execFileSync("mkfifo", pipes);
    chmodSync(join(checkout.dir, "closed"), 0);
    expect(await store.listFiles(await checkout.capture())).toEqual(["a.txt", "closed/y", "d/x"]);
  });

  it("does not wait for ever at what a repository that an agent made has for its files", async () => {
    const { store, checkout } = await start({ "a.txt": "a", "d/.gitignore": "*.log\n" });
    const { dir } = checkout;
    for (const nested of ["n", "d/n", "m", "k"]) {
      writeFiles(dir, { [`${nested}/x`]: "x", [`${nested}/x.log`]: "x" });
      for (const part of ["objects", "refs"]) mkdirSync(join(dir, nested, ".git", part), { recursive: true });
    }
    rmSync(join(dir, "d/.gitignore"));
    execFileSync(
      "mkfifo",
      ["n/.git/HEAD", "d/n/.git/HEAD", "d/.gitignore"].map((path) => join(dir, path)),
    );
    writeFiles(dir, { "m/.git/HEAD": "ref: refs/heads/main\n", "k/real/HEAD": "ref: refs/heads/main\n" });
    symlinkSync("/dev/zero", join(dir, "m/.git/commondir"));
    rmSync(join(dir, "k/.git"), { recursive: true });
    for (const part of ["objects", "refs"]) mkdirSync(join(dir, "k/real", part));
    symlinkSync("/dev/zero", join(dir, "k/real/commondir"));
    symlinkSync("real", join(dir, "k/.git"));
    expect(await store.listFiles(await checkout.capture())).toEqual([
      "a.txt",
      ...["d/n/x", "d/n/x.log", "k/real/HEAD", "k/real/commondir", "k/x", "k/x.log"],
      ...["m/x", "m/x.log", "n/x", "n/x.log"],
    ]);
  });

  it("refuses with E125 what is too large to be looked into, before it is read", async () => {
    const { checkout } = await start({ "a.txt": "a" });
    const sparse = (path: string, gigabytes: number) => {
      writeFileSync(join(checkout.dir, path), "");
      truncateSync(join(checkout.dir, path), gigabytes * 2 ** 30);
    };
    const refused = (what: string) =>
      expect(checkout.capture()).rejects.toMatchObject({ code: "E125", data: { what } });
    sparse("a.txt", 300);
    await refused("a.txt");
    rmSync(join(checkout.dir, "a.txt"));
    sparse("new", 300);
    await refused("new");
    rmSync(join(checkout.dir, "new"));
    for (let n = 0; n < 17; n++) sparse(`part-${n}`, 1 / 16);
    await refused("What was added");
    for (let n = 0; n < 17; n++) rmSync(join(checkout.dir, `part-${n}`));
    mkdirSync(join(checkout.dir, "d"));
    sparse("d/.gitignore", 300);
    await refused("d/.gitignore");
    writeFiles(checkout.dir, { "d/.gitignore": "*.bin\n" });
    sparse("d/ignored.bin", 300);
    await checkout.capture();
  });

  it("lets a large file of the project be as large as it was", async () => {
    temp = tempProject({ "b.txt": "b" });
    const video = join(temp.project, "video");
    writeFileSync(video, "");
    truncateSync(video, 101 * 2 ** 20);
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    utimesSync(join(checkout.dir, "video"), 1000, 1000);
    expect(await checkout.capture()).toBe(tree);
    truncateSync(join(checkout.dir, "video"), 102 * 2 ** 20);
    await expect(checkout.capture()).rejects.toMatchObject({ code: "E125" });
  });

  it("does not look through a directory that became a symlink", async () => {
    const { store, checkout } = await start({ "d/x": "x", "d/y": "y" });
    rmSync(join(checkout.dir, "d"), { recursive: true });
    mkdirSync(join(temp.root, "outside"));
    writeFiles(join(temp.root, "outside"), { x: "secret", y: "y" });
    symlinkSync(join(temp.root, "outside"), join(checkout.dir, "d"));
    const result = await checkout.capture();
    expect(await store.listFiles(result)).toEqual(["d"]);
  });

  it("is refused where the directory is there already", async () => {
    const { store, tree, checkout } = await start({ "a.txt": "a" });
    await expect(store.checkout(tree, checkout.dir)).rejects.toMatchObject({ code: "E119" });
    expect(existsSync(join(checkout.dir, "a.txt"))).toBe(true);
  });

  it("of a tree that the store does not have is E308 and leaves nothing behind", async () => {
    const { store } = await start({ "a.txt": "a" });
    const dir = temp.dir();
    await expect(store.checkout("1".repeat(40), dir)).rejects.toMatchObject({ code: "E308" });
    expect(existsSync(dir)).toBe(false);
  });
});
