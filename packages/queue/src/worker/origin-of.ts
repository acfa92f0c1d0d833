import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

/**
 * The repository that a folder was cloned from, as a key without scheme, user, password or `.git`: `git:host/owner/name`,
 * with `#<folder>` where the project is not the repository's root; `path:<path>` for a clone of a local folder; null
 * without one. Read from the file, never by running git in a repository that is not trusted.
 */
export async function originOf(root: string): Promise<string | null> {
  const found = await findGit(root);
  if (found === null) return null;
  const config = await readFile(join(found.gitDir, "config"), "utf8").catch(() => "");
  const url = originUrl(config);
  if (url === null) return null;
  const folder = relative(found.top, root);
  const suffix = folder === "" ? "" : `#${folder}`;
  const remote = /^(?:[a-z+]+:\/\/)?(?:[^@/\s]+@)?(?<host>[^/:\s]+)(?::\d+(?=\/))?[:/](?<path>.+)$/i.exec(
    url,
  );
  if (url.startsWith("file://") || url.startsWith("/") || url.startsWith(".")) {
    const path = resolve(found.top, url.replace(/^file:\/\//, ""));
    return `path:${join(await realpath(path).catch(() => path), folder)}`;
  }
  const { host, path } = remote?.groups ?? {};
  if (host === undefined || path === undefined) return null;
  return `git:${host.toLowerCase()}/${path.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "")}${suffix}`;
}

function originUrl(config: string): string | null {
  let inOrigin = false;
  for (const line of config.split("\n")) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) inOrigin = section.trim() === 'remote "origin"';
    const url = inOrigin ? /^\s*url\s*=\s*(.+?)\s*$/.exec(line)?.[1] : undefined;
    if (url !== undefined) return url.replace(/^"(.*)"$/, "$1");
  }
  return null;
}

/** The nearest repository at or above `root`, and the folder that holds its config (a worktree's is elsewhere). */
async function findGit(root: string): Promise<{ top: string; gitDir: string } | null> {
  for (let top = root; ; top = dirname(top)) {
    const dot = join(top, ".git");
    const kind = await stat(dot).catch(() => null);
    if (kind?.isDirectory()) return { top, gitDir: dot };
    if (kind?.isFile()) return { top, gitDir: await commonDir(top, await readFile(dot, "utf8")) };
    if (top === dirname(top)) return null;
  }
}

async function commonDir(top: string, pointer: string): Promise<string> {
  const gitDir = resolve(top, pointer.replace(/^gitdir:\s*/, "").trim());
  const common = await readFile(join(gitDir, "commondir"), "utf8").catch(() => ".");
  return isAbsolute(common.trim()) ? common.trim() : resolve(gitDir, common.trim());
}
