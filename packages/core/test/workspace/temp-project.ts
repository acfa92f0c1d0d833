import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSnapshotStore } from "../../src/workspace/create-snapshot-store.ts";
import type { SnapshotStore } from "../../src/workspace/types.ts";

/** Content by path: text or bytes, `["link", target]`, `["exec", text]`. */
export type Files = Record<string, string | Buffer | ["link", string] | ["exec", string]>;

export interface TempProject {
  readonly root: string;
  readonly project: string;
  store(): Promise<SnapshotStore>;
  git(...args: string[]): string;
  /** A fresh path for a checkout. */
  dir(): string;
  remove(): void;
}

const ENV = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
};

/** A project in a temp folder; `.pm` lies in it as in real use. */
export function tempProject(files: Files = {}, options: { git?: boolean; at?: string } = {}): TempProject {
  const root = mkdtempSync(join(tmpdir(), "pm-workspace-"));
  const project = join(root, options.at ?? "project");
  mkdirSync(project, { recursive: true });
  const repo = options.at === undefined ? project : join(root, options.at.split("/")[0] as string);
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", repo, ...args], { env: ENV, encoding: "utf8" });
  if (options.git !== false) git("init", "-q");
  writeFiles(project, files);
  let checkouts = 0;
  return {
    root,
    project,
    git,
    store: () =>
      createSnapshotStore({
        projectDir: project,
        storeDir: join(project, ".pm/store.git"),
        workDir: join(root, "work"),
        knownSecrets: ["the-key-in-use"],
      }),
    dir: () => join(root, `checkout-${++checkouts}`),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/**
 * Changes a checkout of a project's files and takes the result. `gone` goes; what is written takes the place of whatever was
 * there.
 */
export async function changeTemp(temp: TempProject, after: Files, gone: readonly string[] = []) {
  const store = await temp.store();
  const { tree } = await store.snapshot();
  const checkout = await store.checkout(tree, temp.dir());
  for (const path of [...gone, ...Object.keys(after)])
    rmSync(join(checkout.dir, path), { force: true, recursive: true });
  writeFiles(checkout.dir, after);
  const result = await checkout.capture();
  return { store, tree, result, changes: await store.inspect(tree, result) };
}

export function writeFiles(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) writeOne(join(dir, path), content);
}

function writeOne(full: string, content: Files[string]): void {
  mkdirSync(dirname(full), { recursive: true });
  if (typeof content === "string" || Buffer.isBuffer(content)) {
    writeFileSync(full, content);
  } else if (content[0] === "link") {
    symlinkSync(content[1], full);
  } else {
    writeFileSync(full, content[1]);
    chmodSync(full, 0o755);
  }
}

/** Every file below a directory as one comparable text: type, executable bit and content; `.pm` and `.git` left out. */
export function contents(
  dir: string,
  skip: readonly string[] = [".pm", ".git"],
  at = "",
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(dir, at)).sort()) {
    const path = at === "" ? name : `${at}/${name}`;
    if (skip.includes(name)) continue;
    const stat = lstatSync(join(dir, path));
    if (stat.isDirectory()) Object.assign(found, contents(dir, skip, path));
    else if (stat.isSymbolicLink()) found[path] = `link ${readlinkSync(join(dir, path))}`;
    else if (stat.isFile()) {
      found[path] = `${stat.mode & 0o100 ? "exec" : "file"} ${readFileSync(join(dir, path), "latin1")}`;
    }
  }
  return found;
}

/** Names, times and bytes of everything below a directory, to prove that nothing touched it. */
export function fingerprint(dir: string, at = ""): string[] {
  return readdirSync(join(dir, at))
    .sort()
    .flatMap((name) => {
      const path = join(at, name);
      const stat = lstatSync(join(dir, path), { bigint: true });
      const line = `${path} ${stat.mode} ${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
      if (stat.isDirectory()) return [line, ...fingerprint(dir, path)];
      return [stat.isFile() ? `${line} ${readFileSync(join(dir, path), "latin1")}` : line];
    });
}
