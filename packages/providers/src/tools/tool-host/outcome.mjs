/**
 * How a tool says that it did not do what it was asked: `Refusal` for what it must not do, any other error for what did
 * not work. Both are shown to the model, which can do better; a refusal is counted as well.
 */

/** @typedef {{ text: string, isError: boolean, denied: string | null }} Outcome */

export class Refusal extends Error {
  /** @param {string} what the path that was asked for @param {string} why */
  constructor(what, why) {
    super(`refused: ${why}`);
    this.what = what;
  }
}

/** What the system's own codes mean, in words that help. @type {Record<string, string>} */
const REASONS = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "this is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "it can only be read",
  EEXIST: "a part of the path is a file, not a folder",
  ELOOP: "its symlinks lead nowhere",
  ENAMETOOLONG: "the path is too long",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};
const SHOWN_NAME = 300;

/** Runs a tool and puts whatever comes of it into words. @param {string} name @param {() => Promise<string>} run @returns {Promise<Outcome>} */
export async function outcomeOf(name, run) {
  try {
    return { text: await run(), isError: false, denied: null };
  } catch (error) {
    const denied = error instanceof Refusal ? `${name}(${error.what.slice(0, SHOWN_NAME)})` : null;
    return { text: wordsOf(error), isError: true, denied };
  }
}

/** @param {unknown} error */
function wordsOf(error) {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined ? error.message : `${(path ?? "").slice(0, SHOWN_NAME)}: ${reason}`;
}
