/** `pm web` as a process, for pictures and benches. */
import { spawn } from "node:child_process";

/**
 * @param {string} launcher bin/pm.js of a built apps/cli
 * @param {readonly string[]} args beside --port and --json
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ url: string, kill(signal: NodeJS.Signals): void, ended: Promise<void> }>} once it serves, on a free port;
 *   with this process it ends too
 */
export async function startWeb(launcher, args, options) {
  const words = [launcher, "web", "--port", "0", "--json", ...args];
  const child = spawn(process.execPath, words, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.endsWith("}\n")) resolve(JSON.parse(text).url);
    });
    child.once("exit", (code) => reject(new Error(`pm web ended with ${code}`)));
  });
  return { url, kill: (signal) => child.kill(signal), ended };
}
