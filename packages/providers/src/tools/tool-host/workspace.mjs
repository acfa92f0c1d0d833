/**
 * Paths of the workspace, and the only way in which tools open files (H2 of tool-host.ts).
 *
 * Invariants:
 * W1 what is opened is a regular file whose real folder is the workspace or lies below it; the last part of a path is never
 *    followed where it is a symlink, and what was opened is looked at again, since a command may swap folders meanwhile;
 * W2 nothing here waits: a fifo is refused, not read;
 * W3 `.git` and `.pm`, however written, are not written to.
 */
import { constants, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { lstat, mkdir, open, readlink, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Refusal } from "./outcome.mjs";

/**
 * @typedef {{ path: string, shown: string }} Place Real path, and the path from the workspace's root.
 * @typedef {ReturnType<typeof openWorkspace>} Workspace
 */

const OUTSIDE = "it leads out of the workspace";
/** Code points that some file systems leave out when they compare names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** Where an open file is: Linux knows of the file itself, so that no swap in between matters. @param {number} fd @param {string} path */
function whereIs(fd, path) {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return realpathSync(path);
  }
}

/** @param {string} dir */
export function openWorkspace(dir) {
  const root = realpathSync.native(dir);

  /** @param {string} path */
  const isInside = (path) => {
    const rest = relative(root, path);
    return rest === "" || (!isAbsolute(rest) && rest !== ".." && !rest.startsWith(`..${sep}`));
  };

  /** @param {string} path */
  const shownOf = (path) => relative(root, path) || ".";

  /** The path with its folders resolved, its last part as it is. @param {string} given @returns {Promise<Place>} */
  const place = async (given) => {
    if (given.includes("\0")) throw new Error("a path has no NUL in it");
    const asked = resolve(root, given);
    const path = asked === root ? root : join(await follow(dirname(asked), given), basename(asked));
    if (isInside(path)) return { path, shown: shownOf(path) };
    if ((await follow(asked, given)) === root) return { path: root, shown: "." };
    throw new Refusal(given, `${OUTSIDE}: ${given}`);
  };

  /** The real path of a folder; of what is not there yet, the existing part resolved. @param {string} path @param {string} given @returns {Promise<string>} */
  const realFolder = async (path, given) => {
    try {
      return await realpath(path);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === "ELOOP" || path === dirname(path)) throw error;
      const link = await readlink(path).catch(() => null);
      if (link !== null) throw await brokenLink(resolve(dirname(path), link), given);
      // A link further up may be what is wrong, and lead outside: then it says so.
      const parent = await realFolder(dirname(path), given);
      if (code !== "ENOENT") throw error;
      return join(parent, basename(path));
    }
  };

  /** Where a symlink leads. What is wrong with a path out there is nobody's business. @param {string} target @param {string} given */
  const follow = async (target, given) => {
    try {
      return await realFolder(target, given);
    } catch (error) {
      throw isInside(target) ? error : new Refusal(given, `${OUTSIDE}: ${given}`);
    }
  };

  /** @param {string} target @param {string} given */
  const brokenLink = async (target, given) => {
    const real = await follow(target, given);
    if (!isInside(real)) return new Refusal(given, `${OUTSIDE}: a symlink of ${given}`);
    return new Error(`${given}: a symlink of it leads to nothing (${shownOf(real)})`);
  };

  /** A symlink that stays inside is no offence: the model is told which path to take. @param {Place} at @param {string} given */
  const symlinkAt = async (at, given) => {
    const real = await follow(resolve(dirname(at.path), await readlink(at.path)), given);
    if (!isInside(real)) return new Refusal(given, `${OUTSIDE}: ${given} is a symlink`);
    return new Error(`${given} is a symlink; use the path that it leads to: ${shownOf(real)}`);
  };

  /** @param {Place} at @param {string} given */
  const protect = (at, given) => {
    const parts = at.shown.normalize("NFKC").replace(IGNORED, "").toLowerCase().split(sep);
    const owner = parts.find((part) => part === ".git" || part === ".pm");
    if (owner !== undefined) throw new Refusal(given, `${owner} is read, never written`);
  };

  /** @param {Place} at @param {string} given @param {number} flags */
  const openAt = async (at, given, flags) => {
    const before = await lstat(at.path).catch(() => null);
    if (before?.isSymbolicLink()) throw await symlinkAt(at, given);
    if (before?.isDirectory()) throw new Error(`${given} is a folder`);
    if (before !== null && !before.isFile()) throw new Refusal(given, `${given} is no regular file`);
    const file = await open(at.path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o666);
    try {
      const now = await file.stat();
      const seen = lstatSync(at.path);
      const same = seen.dev === now.dev && seen.ino === now.ino;
      if (!now.isFile()) throw new Refusal(given, `${given} is no regular file`);
      const real = whereIs(file.fd, at.path);
      if (!isInside(real)) throw new Refusal(given, `${OUTSIDE}: ${given}`);
      if (!same || real !== at.path) throw new Error(`${given} changed while it was opened`);
      return { file, size: now.size, created: before === null };
    } catch (error) {
      await file.close();
      throw error;
    }
  };

  return {
    root,
    /** An existing folder. @param {string} given @returns {Promise<Place>} */
    async folder(given) {
      const at = await this.entry(given);
      if (!(await lstat(at.path)).isDirectory()) throw new Error(`${given} is a file, not a folder`);
      return at;
    },
    /** An existing folder or regular file; symlinks that stay inside are followed. @param {string} given @returns {Promise<Place>} */
    async entry(given) {
      const at = await place(given);
      const link = await readlink(at.path).catch(() => null);
      const real = await follow(link === null ? at.path : resolve(dirname(at.path), link), given);
      if (!isInside(real)) throw new Refusal(given, `${OUTSIDE}: ${given}`);
      const found = await lstat(real);
      if (!found.isDirectory() && !found.isFile()) throw new Refusal(given, `${given} is no regular file`);
      return { path: real, shown: shownOf(real) };
    },
    /** @param {string} given */
    async openToRead(given) {
      return openAt(await place(given), given, constants.O_RDONLY);
    },
    /** Nothing of it is cut off by opening. @param {string} given */
    async openToEdit(given) {
      const at = await place(given);
      protect(at, given);
      return openAt(at, given, constants.O_RDWR);
    },
    /** Makes the file, and the folders above it, where there are none. @param {string} given */
    async openToWrite(given) {
      const at = await place(given);
      if (at.path === root) throw new Error(`${given} is a folder`);
      protect(at, given);
      await mkdir(dirname(at.path), { recursive: true });
      return openAt(at, given, constants.O_RDWR | constants.O_CREAT);
    },
  };
}
