/**
 * Runs a command for a tool. Owns the process groups of all commands that are under way.
 *
 * Invariants:
 * R1 a command has a group of its own, and when its call ends nobody in that group is alive; who left the group is ended with
 *    the isolation;
 * R2 its stdin is empty and its output is ours: it never has the stdout of this process;
 * R3 output beyond the cap is counted, not kept.
 */
import { spawn } from "node:child_process";
import { createCapture } from "./capped.mjs";

/** Between asking a command to end and killing it. */
const GRACE_MS = 1_000;
/** For output that is on its way; who left the group may hold the pipe for ever. */
const DRAIN_MS = 250;

/** @type {Set<number>} */
const groups = new Set();

/** Kills every command that is under way. */
export function killGroups() {
  for (const pid of groups) signalGroup(pid, "SIGKILL");
}

/**
 * @typedef {object} CommandEnd
 * @property {string} output What it said on stdout and stderr as it came, head and tail where long.
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {boolean} late Whether its time was up.
 */

/**
 * @param {string[]} argv
 * @param {{ cwd: string, limitMs: number, signal: AbortSignal, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<CommandEnd>} rejects where it can't be started
 */
export function runCommand(argv, { cwd, limitMs, signal, env }) {
  const [file = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { pid } = child;
    const capture = createCapture();
    let late = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killTimer;
    const stop = () => {
      if (pid === undefined) return;
      signalGroup(pid, "SIGTERM");
      killTimer ??= setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS);
    };
    const limit = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    const clear = () => {
      clearTimeout(limit);
      clearTimeout(killTimer);
      signal.removeEventListener("abort", stop);
    };
    if (pid !== undefined) groups.add(pid);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    child.stdout.on("data", capture.push);
    child.stderr.on("data", capture.push);
    child.on("error", (error) => {
      clear();
      reject(error);
    });
    child.on("exit", () => {
      clear();
      // The group outlives its leader while anybody is in it, so its number can't be anybody else's.
      if (pid !== undefined) signalGroup(pid, "SIGKILL");
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, DRAIN_MS).unref();
    });
    child.on("close", (code, ended) => {
      if (pid !== undefined) groups.delete(pid);
      resolve({ output: capture.text(), code, signal: ended, late });
    });
  });
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
