import { lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { createFile } from "./create-file.ts";
import { errnoOf, fsError } from "./fs-error.ts";
import { projectLayout } from "./layout.ts";

/**
 * Makes sure that the project has its `.pm` folder, which ignores itself in version control.
 * @returns its path. @throws E104 where it can't be written or is a link, E109, E119.
 */
export async function ensurePmDir(root: string): Promise<string> {
  const path = projectLayout(root).pmDir;
  try {
    await mkdir(path).catch((error: unknown) => {
      if (errnoOf(error) !== "EEXIST") throw error;
    });
    if (!(await lstat(path)).isDirectory()) {
      throw new RunnerError("E104", { path, reason: "it is not a directory of its own" });
    }
    await createFile(join(path, ".gitignore"), "*\n");
    return path;
  } catch (error) {
    throw fsError(error, path, "write");
  }
}
