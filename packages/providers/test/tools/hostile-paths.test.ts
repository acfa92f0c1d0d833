import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestTools, type TestTools } from "../support/test-tools.ts";

describe.each([false, true])("a path that is not the workspace's (isolated: %s)", (isolated) => {
  let tools: TestTools;
  let outside: string;
  beforeAll(() => {
    tools = openTestTools({ isolated });
    outside = realpathSync(mkdtempSync(join(tmpdir(), "pm-outside-")));
    writeFileSync(join(outside, "secret.txt"), "secret words\n");
    const { workspace } = tools.run;
    tools.put("src/a.txt", "inside\n");
    tools.put(".git/config", "[core]\n");
    tools.put("sub/.git/config", "[core]\n");
    tools.put(".pm/settings.json", "{}\n");
    const link = (target: string, name: string) => symlinkSync(target, join(workspace, name));
    link(join(outside, "secret.txt"), "file-link");
    link(outside, "dir-link");
    link("../..", "up-link");
    link(join(outside, "none.txt"), "dangling-link");
    link("/dev/zero", "zero-link");
    link("dir-link", "link-link");
    link(".git", "git-link");
    link(`/etc/${"x".repeat(300)}`, "unreadable-link");
    link("loop", "loop");
    execFileSync("mkfifo", [join(workspace, "fifo")]);
  });
  afterAll(async () => {
    await tools.close();
    rmSync(outside, { recursive: true, force: true });
  });
  const expand = (path: string) =>
    path.replace("<outside>", outside).replace("<workspace>", tools.run.workspace);

  const LEADING_OUT = [
    "<outside>/secret.txt",
    "<outside>/none/none.txt",
    "/etc/passwd",
    "/dev/zero",
    "/proc/self/environ",
    "/",
    "..",
    "../secret.txt",
    "src/../../secret.txt",
    "<workspace>/../secret.txt",
    "<workspace>-other/a.txt",
    "file-link",
    "dir-link/secret.txt",
    "dir-link/none.txt",
    "up-link/secret.txt",
    "dangling-link",
    "zero-link",
    "unreadable-link",
    "unreadable-link/x",
    "link-link/secret.txt",
    "fifo",
  ];

  it.each(LEADING_OUT)("%s is denied to every file tool, and nothing is shown or made", async (path) => {
    const before = readdirSync(outside);
    for (const [name, rest] of [
      ["read", {}],
      ["write", { content: "owned" }],
      ["edit", { old_string: "secret", new_string: "owned" }],
      ["list", {}],
      ["glob", { pattern: "**" }],
      ["grep", { pattern: "." }],
    ] as const) {
      const given = expand(path);
      const outcome = await tools.ask(name, { path: given, ...rest });
      expect(outcome, name).toMatchObject({ isError: true, denied: `${name}(${given})` });
      expect(outcome.text, name).toMatch(/^refused: /);
      expect(outcome.text, name).not.toContain("secret words");
    }
    expect(readdirSync(outside)).toEqual(before);
    expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret words\n");
  });

  it.each([
    ".git/config",
    ".git/hooks/pre-commit",
    ".GIT/config",
    ".g\u200cit/config",
    "sub/.git/config",
    ".git",
    ".pm/settings.json",
    ".pm/x",
    "git-link/config",
    "src/../.git/config",
  ])("%j is not written", async (path) => {
    for (const [name, rest] of [
      ["write", { content: "owned" }],
      ["edit", { old_string: "core", new_string: "owned" }],
    ] as const) {
      const outcome = await tools.ask(name, { path, ...rest });
      expect(outcome, name).toMatchObject({ isError: true, denied: `${name}(${path})` });
    }
    expect(tools.get(".git/config").toString()).toBe("[core]\n");
    expect(existsSync(join(tools.run.workspace, ".git/hooks"))).toBe(false);
  });

  it(".git is read, and a name that only looks like it is written", async () => {
    expect(await tools.ask("read", { path: ".git/config" })).toMatchObject({ text: "     1\t[core]" });
    expect(await tools.ask("write", { path: ".gitignore", content: "x" })).toMatchObject({ denied: null });
  });

  it("a path that is wrong but leads nowhere else is an error without a denial", async () => {
    for (const path of ["a\0b", "x".repeat(300), "d/".repeat(2_000), "loop", "loop/x", "src/a.txt/b"]) {
      const outcome = await tools.ask("read", { path });
      expect(outcome, path.slice(0, 20)).toMatchObject({ isError: true, denied: null });
    }
    const long = await tools.ask("write", { path: "x".repeat(300), content: "" });
    expect(long).toMatchObject({ isError: true, denied: null });
    expect(long.text).toMatch(/too long/);
  });

  it("an absolute path, dots and other scripts inside are as good as any", async () => {
    for (const path of ["<workspace>/src/a.txt", "./src/../src/a.txt", "src//a.txt"]) {
      expect(await tools.ask("read", { path: expand(path) }), path).toMatchObject({ text: "     1\tinside" });
    }
    for (const path of ["…", "ファイル/名.txt", "-rf", "a b\n.txt", "~", "..."]) {
      expect(await tools.ask("write", { path, content: "x" }), path).toMatchObject({ isError: false });
      expect(tools.get(path).toString(), path).toBe("x");
    }
  });

  it("a symlink to a file inside is an error that names the file", async () => {
    symlinkSync("src/a.txt", join(tools.run.workspace, "inner-link"));
    const outcome = await tools.ask("read", { path: "inner-link" });
    expect(outcome).toMatchObject({ isError: true, denied: null });
    expect(outcome.text).toContain("use the path that it leads to: src/a.txt");
  });
});

it("never reads outside while a command swaps a folder for a symlink", async () => {
  const tools = openTestTools();
  const outside = realpathSync(mkdtempSync(join(tmpdir(), "pm-outside-")));
  try {
    writeFileSync(join(outside, "a.txt"), "secret words\n");
    mkdirSync(join(tools.run.workspace, "real"));
    tools.put("real/a.txt", "inside\n");
    tools.put("swap.mjs", SWAP);
    const swapping = tools.ask("shell", {
      argv: [process.execPath, "swap.mjs", outside],
      timeout_seconds: 20,
    });
    // Where an expectation fails, the host ends before the command does.
    swapping.catch(() => {});
    const seen = { inside: 0, other: 0 };
    while (!existsSync(join(tools.run.workspace, "swapped"))) {
      const outcomes = await Promise.all([
        tools.ask("read", { path: "dir/a.txt" }),
        tools.ask("edit", { path: "dir/a.txt", old_string: "secret", new_string: "owned" }),
      ]);
      for (const { text } of outcomes) expect(text).not.toMatch(/secret words|replaced/);
      if (outcomes[0].isError) seen.other += 1;
      else seen.inside += 1;
    }
    expect((await swapping).text).toContain("exit code 0");
    expect(seen.inside + seen.other).toBeGreaterThan(20);
    expect(readFileSync(join(outside, "a.txt"), "utf8")).toBe("secret words\n");
  } finally {
    await tools.close();
    rmSync(outside, { recursive: true, force: true });
  }
});

/** Puts, for two seconds, now a folder and now a symlink at `dir`. */
const SWAP = `
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
const until = Date.now() + 2_000;
while (Date.now() < until) {
  renameSync("real", "dir");
  renameSync("dir", "real");
  symlinkSync(process.argv[2], "dir");
  rmSync("dir");
}
writeFileSync("swapped", "");
`;
