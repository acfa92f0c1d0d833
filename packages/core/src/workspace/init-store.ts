import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import { hostPath } from "./host-path.ts";
import { GIT_NEEDED, spawnGit } from "./spawn-git.ts";

const CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfilemode = true\n";

/** Highest precedence of all attribute files: whatever a tree says, its bytes are stored and written as they are. */
const ATTRIBUTES = "* -text -crlf -eol -ident -filter !working-tree-encoding !diff !merge !textconv\n";

/** Left out of every tree, in a project and in a workspace alike. */
const EXCLUDE = "/.pm/\n";

/** What a store that came with a cloned repository could bring along and ours never has. */
const FOREIGN = ["hooks", "commondir", "config.worktree", "info/grafts", "objects/info/alternates"];

/** @returns what git says of its version. @throws E110 where it is missing or too old */
export async function requireGit(projectDir: string): Promise<string> {
  const { stdout } = await spawnGit({
    args: ["--version"],
    cwd: "/",
    env: { PATH: hostPath(projectDir), LC_ALL: "C" },
  });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
  const [needMajor = 0, needMinor = 0] = GIT_NEEDED.split(".").map(Number);
  const found = Number(major ?? 0) * 1000 + Number(minor ?? 0);
  if (found < needMajor * 1000 + needMinor) throw new RunnerError("E110", { needed: GIT_NEEDED });
  return stdout.toString().trim();
}

/**
 * Makes the bare repository, or puts an existing one's settings back to ours. Safe against a second `pm` doing the same.
 * @throws E104, E109 where it can't be written
 */
export async function initStore(storeDir: string): Promise<void> {
  await withFsErrors(storeDir, "write", async () => {
    for (const dir of ["objects/pack", "objects/info", "refs/heads", "info", "pm"]) {
      await mkdir(join(storeDir, dir), { recursive: true });
    }
    for (const foreign of FOREIGN) await rm(join(storeDir, foreign), { recursive: true, force: true });
    await replaceFile(join(storeDir, "config"), CONFIG);
    await replaceFile(join(storeDir, "info/attributes"), ATTRIBUTES);
    await replaceFile(join(storeDir, "info/exclude"), EXCLUDE);
    await replaceFile(join(storeDir, "HEAD"), "ref: refs/heads/none\n");
  });
}

async function replaceFile(path: string, content: string): Promise<void> {
  const present = await readFile(path, "utf8").catch(() => null);
  if (present === content) return;
  const temp = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(temp, content, { flag: "wx" });
  await rename(temp, path);
}
