import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../worker.mjs", import.meta.url));

/**
 * Starts a worker process of an engine. @param {"work" | "wait"} mode @param concurrency tasks at once
 * @returns its lines as they come, by what they tell
 */
export function startWorker(engine, place, mode, concurrency = 1) {
  const args = [program, engine, JSON.stringify(place), mode, String(concurrency)];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  const told = new Map();
  const listeners = new Set();
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = JSON.parse(text);
    told.set(line.tells, line);
    waiting.get(line.tells)?.(line);
    for (const listener of listeners) listener(line);
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  return {
    say: (word) => child.stdin.write(`${word}\n`),
    /** @returns the first line that tells this. */
    tells: (what) =>
      new Promise((resolve, reject) => {
        if (told.has(what)) resolve(told.get(what));
        waiting.set(what, resolve);
        void ended.then((code) => reject(new Error(`A worker of ${engine} ended with ${code}`)));
      }),
    /** Lets one that waits for ever end. */
    end: () => child.stdin.end(),
    onLine: (listener) => listeners.add(listener),
    ended,
  };
}
