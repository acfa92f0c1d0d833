import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const LAUNCHER = fileURLToPath(new URL("../../../apps/cli/bin/pm.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../../apps/cli/dist/main.js", import.meta.url));

/** No case takes as long: what does has hung, and `pm` with it. */
const LIMIT_MS = 120_000;

/** @typedef {{ code: number | null, stdout: string, stderr: string }} PmRun */

/**
 * Starts the built `pm` as its own process, with nothing of this one's environment but PATH.
 * @param {readonly string[]} args @param {Readonly<Record<string, string>>} env
 * @param {readonly string[]} [wrapper] An argv before it.
 */
export function spawnPm(args, env, wrapper = []) {
  if (!existsSync(BUNDLE)) throw new Error("pm is not built; run: npx pnpm build");
  const [file, ...rest] = [...wrapper, process.execPath, LAUNCHER, ...args];
  const child = spawn(file ?? "", rest, {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  /** @type {Promise<PmRun>} */
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** @param {PmRun} run @returns {import("./case.mjs").Answer} */
export function answerOf(run) {
  if (run.stdout === "")
    throw new Error(`pm printed nothing, exit code ${run.code}: ${run.stderr.slice(-2000)}`);
  const said = JSON.parse(run.stdout);
  const violations = said.error ? [{ ...said.error, gate: "" }] : said.violations;
  return {
    exit: run.code,
    status: said.error ? "ERROR" : said.overall_status,
    codes: [...new Set(violations.map(({ code }) => code))],
    gates: [...new Set(violations.map(({ gate }) => gate))],
    messages: violations.map(({ code, message }) => `${code} ${message}`),
    id: said.session_id ?? said.error?.data?.session ?? null,
  };
}
