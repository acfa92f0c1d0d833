import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { contents, fingerprint, type TempProject, tempProject, writeFiles } from "./temp-project.ts";

/** Makes the user's index younger than the files by more than a tick, as it is in any project not just made. */
const letTimePass = ({ project }: TempProject) => {
  const soon = Date.now() / 1000 + 1;
  utimesSync(join(project, ".git/index"), soon, soon);
};

let temp: TempProject;
afterEach(() => temp.remove());

describe("a snapshot", () => {
  it("holds tracked, changed and untracked files, not ignored or deleted ones", async () => {
    temp = tempProject({
      "a.txt": "old",
      "gone.txt": "x",
      ".gitignore": "*.log\n",
      "kept.log": "tracked",
      d: ["exec", "#!"],
    });
    temp.git("add", "-A", "-f");
    temp.git("commit", "-qm", "x");
    writeFiles(temp.project, {
      "a.txt": "new",
      "new file.txt": "n",
      "x.log": "ignored",
      l: ["link", "a.txt"],
    });
    rmSync(join(temp.project, "gone.txt"));
    const store = await temp.store();
    const { tree, files } = await store.snapshot();
    expect(await store.listFiles(tree)).toEqual([
      ".gitignore",
      "a.txt",
      "d",
      "kept.log",
      "l",
      "new file.txt",
    ]);
    expect(files).toBe(6);
    expect((await store.readFile(tree, "a.txt"))?.toString()).toBe("new");
    expect(await store.readFile(tree, "x.log")).toBeNull();
    const checkout = await store.checkout(tree, temp.dir());
    const { "x.log": _, ...expected } = contents(temp.project);
    expect(contents(checkout.dir)).toEqual(expected);
  });

  it("leaves the user's .git as it is, byte for byte and to the nanosecond", async () => {
    temp = tempProject({ "a.txt": "a", "b/c.txt": "c" });
    temp.git("add", "-A");
    temp.git("commit", "-qm", "x");
    temp.git("gc", "-q");
    letTimePass(temp);
    writeFiles(temp.project, { "b/c.txt": "changed", "copy.txt": "a" });
    const before = fingerprint(join(temp.project, ".git"));
    const store = await temp.store();
    const { tree } = await store.snapshot();
    await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, { "again.txt": "a", "b/c.txt": "c" });
    const result = await checkout.capture();
    await store.inspect(tree, result);
    await store.merge(tree, result, await store.graft(tree, result, ["b/c.txt"]));
    await store.consolidate(tree);
    await store.land(tree, result);
    expect(fingerprint(join(temp.project, ".git"))).toEqual(before);
  });

  it("runs nothing that the project's git configuration, attributes or hooks name", async () => {
    temp = tempProject({
      "a.txt": "a\n",
      ".gitattributes": "* filter=evil text=auto diff=evil merge=evil\n",
    });
    temp.git("add", "-A");
    temp.git("commit", "-qm", "x");
    const mark = join(temp.root, "ran");
    const evil = join(temp.root, "evil.sh");
    writeFileSync(evil, `#!/bin/sh\ntouch ${mark}\ncat\n`, { mode: 0o755 });
    for (const key of ["core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"]) {
      temp.git("config", key, evil);
    }
    for (const key of [
      "diff.evil.textconv",
      "diff.evil.command",
      "diff.external",
      "merge.evil.driver",
      "core.pager",
    ]) {
      temp.git("config", key, evil);
    }
    temp.git("config", "core.sshCommand", evil);
    temp.git("config", "core.alternateRefsCommand", evil);
    for (const hook of ["post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman"]) {
      writeFiles(temp.project, { [`.git/hooks/${hook}`]: ["exec", readFileSync(evil, "utf8")] });
    }
    writeFiles(temp.project, { "a.txt": "changed\n", "b.txt": "b\n" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, { "a.txt": "again\n", ".git/config": `[core]\n\tfsmonitor = ${evil}\n` });
    const result = await checkout.capture();
    await store.inspect(tree, result);
    await store.patch(tree, result, 10_000);
    await store.merge(tree, result, tree);
    await store.land(tree, result);
    expect(existsSync(mark)).toBe(false);
    expect(await store.listFiles(result)).toEqual([".gitattributes", "a.txt", "b.txt"]);
  });

  it("ignores what a store that came with a cloned repository would run", async () => {
    temp = tempProject({ "a.txt": "a" });
    const mark = join(temp.root, "ran");
    writeFiles(temp.project, {
      ".pm/store.git/config": `[core]\n\tfsmonitor = touch ${mark}\n\tbare = false\n[filter "x"]\n\tclean = touch ${mark}\n`,
      ".pm/store.git/info/attributes": "* filter=x\n",
      ".pm/store.git/hooks/post-index-change": ["exec", `#!/bin/sh\ntouch ${mark}\n`],
      ".pm/store.git/objects/info/alternates": "/somewhere\n",
    });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, { "b.txt": "b" });
    await checkout.capture();
    expect(existsSync(mark)).toBe(false);
  });

  it("stores bytes as they are on disk where the user's git converts them", async () => {
    temp = tempProject({
      ".gitattributes":
        "*.txt text=auto\n*.id ident\n*.rot filter=rot\n*.u16 working-tree-encoding=UTF-16LE text\n",
    });
    temp.git("config", "core.autocrlf", "true");
    temp.git("config", "filter.rot.clean", "tr a-z b-za");
    const u16 = Buffer.from("h\0i\0");
    writeFiles(temp.project, {
      "a.txt": "x\r\ny\r\n",
      "b.id": "$Id: 123 $\n",
      "c.rot": "abc\n",
      "d.u16": u16,
    });
    temp.git("add", "-A");
    letTimePass(temp);
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect((await store.readFile(tree, "a.txt"))?.toString()).toBe("x\r\ny\r\n");
    expect((await store.readFile(tree, "b.id"))?.toString()).toBe("$Id: 123 $\n");
    expect((await store.readFile(tree, "c.rot"))?.toString()).toBe("abc\n");
    expect(await store.readFile(tree, "d.u16")).toEqual(u16);
    const checkout = await store.checkout(tree, temp.dir());
    expect(contents(checkout.dir)).toEqual(contents(temp.project));
    expect(await checkout.capture()).toBe(tree);
  });

  it("sees a file that was marked assume-unchanged or skip-worktree change", async () => {
    temp = tempProject({ "a.txt": "a", "b.txt": "b" });
    temp.git("add", "-A");
    temp.git("update-index", "--assume-unchanged", "a.txt");
    temp.git("update-index", "--skip-worktree", "b.txt");
    letTimePass(temp);
    writeFiles(temp.project, { "a.txt": "A", "b.txt": "B" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect((await store.readFile(tree, "a.txt"))?.toString()).toBe("A");
    expect((await store.readFile(tree, "b.txt"))?.toString()).toBe("B");
  });

  it("works the same without git, by .gitignore files alone", async () => {
    temp = tempProject(
      {
        "a.txt": "a",
        ".gitignore": "out/\n",
        "out/x": "x",
        "sub/.gitignore": "y\n",
        "sub/y": "y",
        "sub/z": "z",
      },
      { git: false },
    );
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect(await store.listFiles(tree)).toEqual([".gitignore", "a.txt", "sub/.gitignore", "sub/z"]);
    writeFiles(temp.project, { "a.txt": "b" });
    const second = await store.snapshot();
    expect((await store.diff(tree, second.tree)).map((change) => change.path)).toEqual(["a.txt"]);
  });

  it("takes a subfolder of a repository alone, by the rules of the whole repository", async () => {
    temp = tempProject({ "src/a.txt": "a" }, { at: "mono/packages/core" });
    writeFiles(join(temp.root, "mono"), { ".gitignore": "packages/*/dist\n*.tmp\n", "other/x": "x" });
    writeFiles(temp.project, {
      "dist/x.js": "x",
      "y.tmp": "y",
      ".gitignore": "!keep.tmp\n",
      "keep.tmp": "k",
    });
    temp.git("add", "-A");
    temp.git("commit", "-qm", "x");
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect(await store.listFiles(tree)).toEqual([".gitignore", "keep.tmp", "src/a.txt"]);
    const checkout = await store.checkout(tree, temp.dir());
    writeFiles(checkout.dir, { "dist/y.js": "y", "src/b.tmp": "b", "src/keep.tmp": "k", "src/c.txt": "c" });
    const result = await checkout.capture();
    expect((await store.diff(tree, result)).map((change) => change.path)).toEqual([
      "src/c.txt",
      "src/keep.tmp",
    ]);
    expect(await store.land(tree, result)).toEqual({ conflicts: [] });
    expect((await store.snapshot()).tree).toBe(result);
  });

  it("takes a project that the repository around it ignores", async () => {
    temp = tempProject({ "a.txt": "a" }, { at: "home/work" });
    writeFiles(join(temp.root, "home"), { ".gitignore": "*\n" });
    const store = await temp.store();
    expect((await store.snapshot()).files).toBe(1);
  });

  it("stores the files of submodules and of repositories inside as plain files", async () => {
    temp = tempProject({ "a.txt": "a" });
    const other = join(temp.root, "other");
    mkdirSync(other);
    writeFiles(other, { "s.txt": "s", ".gitignore": "no.txt\n" });
    temp.git("-C", other, "init", "-q");
    temp.git("-C", other, "add", "-A");
    temp.git("-C", other, "commit", "-qm", "x");
    temp.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "sub");
    execFileSync("cp", ["-r", other, join(temp.project, "emb")]);
    writeFiles(temp.project, { "emb/no.txt": "n", "emb/new.txt": "n", "sub/new.txt": "n" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const inside = [".gitignore", "new.txt", "s.txt"];
    expect(await store.listFiles(tree)).toEqual([
      ".gitmodules",
      "a.txt",
      ...inside.map((name) => `emb/${name}`),
      ...inside.map((name) => `sub/${name}`),
    ]);
    const checkout = await store.checkout(tree, temp.dir());
    expect(await checkout.capture()).toBe(tree);
  });

  it("follows what lies on disk where a tracked file became a directory, a link or a pipe", async () => {
    temp = tempProject({ f: "f", "d/x": "x", p: "p", q: "q", e: "e" });
    temp.git("add", "-A");
    temp.git("commit", "-qm", "x");
    for (const name of ["f", "d", "p", "q", "e"]) rmSync(join(temp.project, name), { recursive: true });
    writeFiles(temp.project, { "f/inner": "i", elsewhere: "e", "q/.git/HEAD": "nonsense", "q/in": "in" });
    mkdirSync(join(temp.project, "e"));
    mkdirSync(join(temp.root, "outside"));
    writeFiles(join(temp.root, "outside"), { x: "not ours" });
    symlinkSync("../outside", join(temp.project, "d"));
    execFileSync("mkfifo", [join(temp.project, "p")]);
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect(await store.listFiles(tree)).toEqual(["d", "elsewhere", "f/inner", "q/in"]);
  });

  it("refuses a name that is not UTF-8 with E120, unless it is ignored", async () => {
    temp = tempProject({ "a.txt": "a" });
    const bad = Buffer.concat([Buffer.from(`${temp.project}/bad`), Buffer.from([0xff]), Buffer.from(".x")]);
    writeFileSync(bad, "x");
    const store = await temp.store();
    await expect(store.snapshot()).rejects.toMatchObject({ code: "E120" });
    writeFiles(temp.project, { ".gitignore": "*.x\n" });
    expect((await store.snapshot()).files).toBe(2);
  });

  it("does without the user's index where it is split, damaged or not ours to read", async () => {
    temp = tempProject({ "a.txt": "a", "b.txt": "b" });
    temp.git("add", "-A");
    temp.git("update-index", "--split-index");
    const store = await temp.store();
    expect((await store.snapshot()).files).toBe(2);
    writeFileSync(join(temp.project, ".git/index"), "not an index");
    rmSync(join(temp.project, ".pm"), { recursive: true });
    const again = await temp.store();
    expect((await again.snapshot()).files).toBe(2);
  });

  it("starts from the user's index in each of its versions, and reads only what is not in it", async () => {
    for (const version of [2, 3, 4]) {
      temp = tempProject({ "a.txt": "a", "dir/a long name.txt": "b", "dir/a long other.txt": "c", new: "n" });
      temp.git("add", "a.txt", "dir");
      if (version === 3) temp.git("add", "--intent-to-add", "new");
      temp.git("update-index", "--index-version", String(version));
      letTimePass(temp);
      const store = await temp.store();
      const { tree } = await store.snapshot();
      const objects = execFileSync("find", [join(temp.project, ".pm/store.git/objects"), "-type", "f"]);
      // Two trees, and the one file that the user's repository does not have.
      expect(objects.toString().trim().split("\n"), `version ${version}`).toHaveLength(3);
      const checkout = await store.checkout(tree, temp.dir());
      expect(contents(checkout.dir)).toEqual(contents(temp.project));
      if (version < 4) temp.remove();
    }
  });

  it("sees a change of the same size with the old modification time", async () => {
    temp = tempProject({ "a.txt": "one" });
    utimesSync(join(temp.project, "a.txt"), 1000, 1000);
    temp.git("add", "-A");
    const store = await temp.store();
    const first = await store.snapshot();
    await store.consolidate(first.tree);
    writeFiles(temp.project, { "a.txt": "two" });
    utimesSync(join(temp.project, "a.txt"), 1000, 1000);
    expect((await store.readFile((await store.snapshot()).tree, "a.txt"))?.toString()).toBe("two");
    chmodSync(join(temp.project, "a.txt"), 0o755);
    expect((await store.diff(first.tree, (await store.snapshot()).tree))[0]?.new_mode).toBe("100755");
  });

  it("survives the user's repository going away once it is consolidated", async () => {
    temp = tempProject({ "a.txt": "a", "b/c.txt": "c" });
    temp.git("add", "-A");
    temp.git("commit", "-qm", "x");
    letTimePass(temp);
    const store = await temp.store();
    const { tree } = await store.snapshot();
    expect(existsSync(join(temp.project, `.pm/store.git/pm/pending-${tree}`))).toBe(true);
    await Promise.all([store.consolidate(tree), store.checkout(tree, temp.dir())]);
    rmSync(join(temp.project, ".git"), { recursive: true });
    const later = await temp.store();
    expect((await later.readFile(tree, "b/c.txt"))?.toString()).toBe("c");
    expect((await later.snapshot()).tree).toBe(tree);
    expect(statSync(join(temp.project, ".pm/store.git/pm/project.index")).size).toBeGreaterThan(0);
  });

  it("of an empty project is the empty tree", async () => {
    temp = tempProject({});
    const store = await temp.store();
    const { tree, files } = await store.snapshot();
    expect(files).toBe(0);
    const checkout = await store.checkout(tree, temp.dir());
    expect(await checkout.capture()).toBe(tree);
  });
});
