/**
 * Loaded into pm's own process by `node --import`: counts every call that changes a disk, and at the n-th one kills the
 * process or lets the call fail. Its orders stand in the environment, which pm hands to no child.
 *
 * Invariants:
 * H1 a call is counted once, also where Node carries it out by others of this list;
 * H2 the process is gone before the call that it dies at has done anything, or, with `half`, after half of its bytes;
 * H3 what a journal acknowledged (its fdatasync returned) is noted outside of pm's folders, by calls that are not counted.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";
import { isMainThread } from "node:worker_threads";

const orders = isMainThread && process.env.PM_FAULT ? JSON.parse(process.env.PM_FAULT) : null;

/** What each function does to a disk. An `open` counts where it may create a file; for EMFILE, always. */
const CALLS = {
  write: ["write", "writeSync", "writeFileSync", "appendFileSync", "writeFile", "appendFile", "copyFileSync"],
  fsync: ["fsyncSync", "fdatasyncSync", "sync", "datasync"],
  rename: ["renameSync", "rename"],
  unlink: ["unlinkSync", "rmSync", "rmdirSync", "unlink", "rm", "rmdir"],
  create: ["mkdirSync", "linkSync", "symlinkSync", "mkdtempSync", "mkdir", "link", "symlink", "mkdtemp"],
  truncate: ["ftruncateSync", "truncateSync", "truncate"],
  open: ["openSync", "open"],
};
const CHANGES_NOTHING = new Set([undefined, "r", fs.constants.O_RDONLY]);

const real = { ...fs };
const trace = orders ? real.openSync(orders.trace, "a") : -1;
const journals = new Map();
let calls = 0;
let counting = orders?.from === undefined;
let inside = false;

const note = (line) => real.writeSync(trace, `${JSON.stringify(line)}\n`);

function opensOnlyToRead(flags) {
  if (CHANGES_NOTHING.has(flags)) return true;
  return typeof flags === "number" && (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) === 0;
}

const isRead = (kind, args) => kind === "open" && opensOnlyToRead(args[1]);

function isCounted(kind, args) {
  if (inside || !counting) return false;
  if (kind === "write" && typeof args[0] === "number" && args[0] <= 2) return false;
  if (isRead(kind, args)) return orders.readsToo === true;
  // Bytes written over in place need no room.
  if (orders.error === "ENOSPC" && args[2]?.flag === "r+") return false;
  return orders.kinds === undefined || orders.kinds.includes(kind);
}

function die() {
  process.kill(process.pid, "SIGKILL");
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function failure(name, args) {
  const text = { ENOSPC: "no space left on device", EIO: "i/o error", EMFILE: "too many open files" };
  const error = new Error(`${orders.error}: ${text[orders.error]}, ${name}`);
  const errno = { ENOSPC: -28, EIO: -5, EMFILE: -24 }[orders.error];
  return Object.assign(error, { code: orders.error, errno, syscall: name, path: String(args[0]) });
}

/** @returns the error that this call is to end with, or null. Doesn't come back from a kill. */
function meet(kind, name, args) {
  if (!isCounted(kind, args)) return null;
  calls += 1;
  if (orders.list)
    note({ counted: isRead(kind, args) ? "read" : kind, name, args: targetOf(args), flag: args[2]?.flag });
  const due = calls === orders.at || (orders.sticky && calls > orders.at);
  if (!due) return null;
  if (calls === orders.at) note({ hit: calls, kind, name, target: targetOf(args) });
  if (orders.error) return failure(name, args);
  if (orders.half && kind === "write") writeHalf(name, args);
  return die();
}

const targetOf = (args) =>
  typeof args[0] === "number" ? (journals.get(args[0]) ?? args[0]) : String(args[0]);

/** Writes half of what was to be written, where that is bytes or text to a file or its number. */
function writeHalf(name, args) {
  const content = args[1];
  if (typeof content !== "string" && !ArrayBuffer.isView(content)) return;
  const bytes = Buffer.from(content);
  const half = bytes.subarray(0, bytes.length >> 1);
  if (typeof args[0] === "number") real.writeSync(args[0], half);
  else
    real[name === "appendFileSync" || name === "appendFile" ? "appendFileSync" : "writeFileSync"](
      args[0],
      half,
      args[2],
    );
}

/** Looks at what passed: where journals are, what they acknowledged, and whether counting is to begin. */
function watch(name, args, result) {
  if (name === "openSync" && basename(String(args[0])) === "journal.jsonl")
    journals.set(result, String(args[0]));
  if (name === "fdatasyncSync" && journals.has(args[0]))
    note({ acknowledged: real.fstatSync(args[0]).size, journal: journals.get(args[0]) });
  if (!counting && name === "fdatasyncSync" && marks >= (orders.count ?? 1)) counting = true;
}

let marks = 0;
function lookForMark(name, args) {
  if (counting || name !== "writeSync" || !journals.has(args[0])) return;
  if (Buffer.from(args[1]).includes(`"type":"${orders.from}"`)) marks += 1;
}

function wrapSync(owner, name, kind) {
  const original = owner[name];
  owner[name] = function counted(...args) {
    const error = meet(kind, name, args);
    if (error) {
      const callback = args.at(-1);
      if (name === "write" && typeof callback === "function") return process.nextTick(callback, error);
      throw error;
    }
    lookForMark(name, args);
    const outer = inside;
    inside = true;
    try {
      const result = original.apply(this, args);
      watch(name, args, result);
      return result;
    } finally {
      inside = outer;
    }
  };
}

function wrapAsync(owner, name, kind) {
  const original = owner[name];
  owner[name] = function counted(...args) {
    const error = meet(kind, name, typeof this?.fd === "number" ? [this.fd, ...args] : args);
    return error ? Promise.reject(error) : original.apply(this, args);
  };
}

if (orders) {
  const handle = await fs.promises.open("/dev/null", "r");
  const handles = Object.getPrototypeOf(handle);
  await handle.close();
  for (const [kind, names] of Object.entries(CALLS)) {
    for (const name of names) {
      if (name.endsWith("Sync") || name === "write") wrapSync(fs, name, kind);
      if (typeof fs.promises[name] === "function") wrapAsync(fs.promises, name, kind);
      if (Object.hasOwn(handles, name)) wrapAsync(handles, name, kind);
    }
  }
  syncBuiltinESMExports();
  process.on("exit", () => note({ calls }));
}
