import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { errnoOf, fsError } from "./fs-error.ts";

/**
 * Reads a file that may hold keys, and trusts it only where nobody else could have written or read it.
 * @returns null where there is no such file. @throws E113 where it is not ours alone, E103, E119.
 */
export async function readPrivateFile(path: string): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = errnoOf(error);
    if (code === "ENOENT") return null;
    if (code === "ELOOP") throw new RunnerError("E113", { path, reason: "it is a symbolic link" }, error);
    throw fsError(error, path, "read");
  }
  try {
    const found = await file.stat();
    const owner = process.getuid?.() ?? found.uid;
    if (!found.isFile()) throw new RunnerError("E113", { path, reason: "it is not a regular file" });
    if (found.uid !== owner) throw new RunnerError("E113", { path, reason: "it belongs to another user" });
    if ((found.mode & 0o077) !== 0) {
      throw new RunnerError("E113", { path, reason: "other users can get at it" });
    }
    const folder = await stat(dirname(path));
    if ((folder.mode & 0o022) !== 0) {
      throw new RunnerError("E113", { path, reason: "other users can write to its folder" });
    }
    return await file.readFile("utf8");
  } catch (error) {
    throw fsError(error, path, "read");
  } finally {
    await file.close();
  }
}
