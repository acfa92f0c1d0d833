import { execFile } from "node:child_process";
import { constants, lstatSync, readdirSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { RunnerError } from "../errors/runner-error.ts";
import { existingPath } from "../project/paths.ts";
import { SpawnRefused } from "./spawn-child.ts";
import type { Place } from "./types.ts";

const run = promisify(execFile);

/** Copies what is in `source` into the directory `target`; blocks are shared where the file system can. */
export async function copyTree(source: string, target: string): Promise<void> {
  const flags = process.platform === "darwin" ? ["-cRp"] : ["-a", "--reflink=auto"];
  try {
    await run("cp", [...flags, `${source}/.`, target], { env: { PATH: "/usr/bin:/bin" } });
  } catch {
    // A cp without these flags (busybox, another file system): Node's own, slower.
    await cp(source, target, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  }
}

/**
 * Puts copies of the project's dependency folders into the workspace, once: blocks are shared where the file system
 * can, and the user's own are never touched.
 * @throws SpawnRefused where the workspace has something else than a folder in such a place.
 */
export async function copyDependencies(place: Place): Promise<void> {
  for (const name of place.dependencies) {
    const source = existingPath(join(place.mountAt, name));
    if (source === null || !statSync(source).isDirectory()) continue;
    const target = join(place.dir, name);
    const present = lstatSync(target, { throwIfNoEntry: false });
    if (present?.isDirectory() && readdirSync(target).length > 0) continue;
    if (present !== undefined && !present.isDirectory())
      throw new SpawnRefused(`${name} is not a directory in the workspace`);
    await mkdir(dirname(target), { recursive: true });
    // Complete or not there at all: an interrupted copy must not pass for the real thing.
    const partial = await mkdtemp(join(dirname(place.home), "copy-"));
    try {
      await copyTree(source, partial);
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw new RunnerError("E119", { path: target, reason: String(error) }, error);
    }
  }
}
