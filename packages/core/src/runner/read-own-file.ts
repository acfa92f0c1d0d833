import * as fs from "node:fs";

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Text of a regular file that is where it seems to be: a command may have put a link to anything in its place.
 * @param file a path without links. @returns null where it is not there, something else, or above 64 MiB.
 */
export function readOwnFile(file: string): string | null {
  try {
    if (fs.realpathSync(file) !== file) return null;
    const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    try {
      const stat = fs.fstatSync(fd);
      return stat.isFile() && stat.size <= MOST_BYTES ? fs.readFileSync(fd, "utf8") : null;
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return null;
  }
}
