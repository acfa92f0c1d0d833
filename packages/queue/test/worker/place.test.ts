import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { originOf } from "../../src/worker/origin-of.ts";
import { placeOf } from "../../src/worker/place.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "pm-place-")));
  made.push(dir);
  return dir;
}

function git(cwd: string, ...args: string[]) {
  const identity = ["-c", "user.name=T", "-c", "user.email=t@localhost"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: "pipe", env: { PATH: process.env.PATH } });
}

function repository(url?: string): string {
  const dir = folder();
  git(dir, "init", "-q");
  if (url !== undefined) git(dir, "remote", "add", "origin", url);
  return dir;
}

describe("the origin of a project", () => {
  it.each([
    ["https://github.com/owner/name.git", "git:github.com/owner/name"],
    ["https://user:secret@GitHub.com/owner/name", "git:github.com/owner/name"],
    ["git@github.com:owner/name.git", "git:github.com/owner/name"],
    ["ssh://git@github.com:22/owner/name.git", "git:github.com/owner/name"],
    ["ssh://git@host.example/~me/name/", "git:host.example/~me/name"],
  ])("is the same key for every way to write %s", async (url, key) => {
    expect(await originOf(repository(url))).toBe(key);
  });

  it("names the folder where the project is not the whole repository", async () => {
    const dir = repository("https://github.com/owner/name.git");
    mkdirSync(join(dir, "packages/a"), { recursive: true });
    expect(await originOf(join(dir, "packages/a"))).toBe("git:github.com/owner/name#packages/a");
  });

  it("is found from a linked worktree", async () => {
    const dir = repository("https://github.com/owner/name.git");
    git(dir, "commit", "-q", "--allow-empty", "-m", "x");
    const tree = join(folder(), "tree");
    git(dir, "worktree", "add", "-q", tree);
    expect(await originOf(tree)).toBe("git:github.com/owner/name");
  });

  it("is nothing without a repository or a remote", async () => {
    expect(await originOf(folder())).toBeNull();
    expect(await originOf(repository())).toBeNull();
    const odd = repository();
    writeFileSync(join(odd, ".git/config"), '[remote "origin"]\n\turl =\n');
    expect(await originOf(odd)).toBeNull();
  });
});

describe("the place of a project", () => {
  it("is its real folder for SQLite, and nothing is written anywhere", async () => {
    const dir = folder();
    const link = join(folder(), "link");
    symlinkSync(dir, link);
    const home = join(folder(), "home");
    expect(await placeOf("sqlite", home, link)).toEqual({
      ...{ root: dir, place: dir, ownKey: dir, sharedKey: dir },
      claimKeys: [dir],
    });
    expect(() => readFileSync(join(home, "machine-id"))).toThrow();
  });

  it("is another one in every home for DynamoDB, and stays the same", async () => {
    const dir = folder();
    const [one, two] = [folder(), folder()];
    const first = await placeOf("dynamodb", one, dir);
    expect(first.place).toMatch(/^[0-9a-f]{12}:\//);
    expect((await placeOf("dynamodb", two, dir)).place).not.toBe(first.place);
    expect((await placeOf("dynamodb", one, dir)).place).toBe(first.place);
    expect(first.sharedKey).toBe(`path:${dir}`);
  });

  it("lets a worker of a clone claim what was submitted for the folder that it was cloned from", async () => {
    const dir = repository();
    git(dir, "commit", "-q", "--allow-empty", "-m", "x");
    const clone = join(folder(), "clone");
    git(dir, "clone", "-q", dir, clone);
    const submitter = await placeOf("dynamodb", folder(), dir);
    const worker = await placeOf("dynamodb", folder(), clone);
    expect(worker.claimKeys).toContain(submitter.sharedKey);
    expect(worker.claimKeys).not.toContain(submitter.ownKey);
  });
});
