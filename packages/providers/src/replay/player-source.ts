/**
 * The program that plays recorded actions inside the isolation of a run. It is a string because what runs there must
 * not depend on any file of ours being visible.
 *
 * Input: `{root, delayMs, actions}` as JSON on stdin. Output: a JSON line for each action done, and what commands print.
 * Exit 0: all done. Exit 3: an action does not fit the workspace; the last line is `{"mismatch": "…"}`.
 */
export const PLAYER_SOURCE = String.raw`
import { spawnSync } from "node:child_process";
import {
  chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");
class Mismatch extends Error {}

const { root: givenRoot, delayMs, actions } = JSON.parse(readFileSync(0, "utf8"));
const root = realpathSync(givenRoot);

function exists(path) {
  try {
    return lstatSync(path);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  }
}

function inside(path) {
  if (isAbsolute(path)) throw new Mismatch(path + " is not relative");
  const full = resolve(root, path);
  const within = (p) => p === root || p.startsWith(root + sep);
  if (full === root || !within(full)) throw new Mismatch(path + " leaves the workspace");
  let parent = dirname(full);
  while (exists(parent) === null) parent = dirname(parent);
  if (!within(realpathSync(parent))) throw new Mismatch(path + " leaves the workspace");
  return full;
}

function followed(path) {
  const full = inside(path);
  if (exists(full)?.isSymbolicLink()) throw new Mismatch(path + " is a symlink");
  return full;
}

function write(action) {
  const full = followed(action.path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, action.base64 === undefined ? action.content : Buffer.from(action.base64, "base64"));
  if (action.executable === undefined) return;
  const mode = lstatSync(full).mode & 0o777;
  chmodSync(full, action.executable ? mode | 0o111 : mode & ~0o111);
}

function link(action) {
  const full = inside(action.path);
  if (exists(full) !== null) throw new Mismatch(action.path + " is there already");
  mkdirSync(dirname(full), { recursive: true });
  symlinkSync(action.target, full);
}

function edit(action) {
  const full = followed(action.path);
  if (exists(full) === null) throw new Mismatch(action.path + " is not there to edit");
  const text = readFileSync(full, "utf8");
  const count = text.split(action.old).length - 1;
  if (count !== 1) throw new Mismatch(action.path + " holds the text to replace " + count + " times, not once");
  writeFileSync(full, text.split(action.old).join(action.new));
}

function play(action) {
  if (action.tool === "run") {
    const [file, ...args] = action.argv;
    const child = spawnSync(file, args, { cwd: root, stdio: ["ignore", 1, 2] });
    if (child.error) throw new Mismatch("can't run " + file + ": " + child.error.message);
    return { exit: child.status, signal: child.signal };
  }
  if (action.tool === "write") write(action);
  else if (action.tool === "link") link(action);
  else if (action.tool === "edit") edit(action);
  else if (action.tool === "delete") {
    const full = inside(action.path);
    if (exists(full) === null) throw new Mismatch(action.path + " is not there to delete");
    rmSync(full, { recursive: true });
  }
  return {};
}

if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
try {
  for (const [index, action] of actions.entries()) {
    const outcome = play(action);
    say({ done: index, tool: action.tool, path: action.path ?? action.argv?.join(" ") ?? "", ...outcome });
  }
} catch (error) {
  say({ mismatch: error instanceof Mismatch ? error.message : String(error) });
  process.exitCode = 3;
}
`;
