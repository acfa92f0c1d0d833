/** Starting processes for the root scripts. No dependency: it also runs before anything is installed. */
import { spawn, spawnSync } from "node:child_process";

/** What npm sets for its children and a package manager still needs from it; the rest is npm's own business. */
const KEPT_NPM_CONFIG = new Set([
  "registry",
  "userconfig",
  "globalconfig",
  "cache",
  "cafile",
  "ca",
  "proxy",
  "https_proxy",
  "noproxy",
  "strict_ssl",
]);

/**
 * The environment for everything that the root scripts start: no telemetry, and none of the settings that npm hands
 * down (`omit=dev`, `ignore-scripts`, …), which pnpm and the tests would take for their own.
 */
export function cleanEnvironment(extra = {}) {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    const config = /^npm_config_(.*)$/i.exec(name)?.[1]?.toLowerCase();
    const own = config !== undefined && !KEPT_NPM_CONFIG.has(config);
    if (own || /^npm_(package|lifecycle|execpath|command|node_execpath)/.test(name)) continue;
    env[name] = value;
  }
  // Without development dependencies there is nothing to build or test with.
  delete env.NODE_ENV;
  delete env.INIT_CWD;
  return { ...env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...extra };
}

/** Runs to the end with output on our own streams. @returns the exit code, 1 where a signal ended it. */
export function runInherited(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Runs to the end and keeps the output. @returns `{ code, output }`; code is null where it could not be started. */
export function runQuiet(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (error?.code === "ENOENT") return { code: null, output: "" };
  if (error) throw error;
  return { code: status ?? 1, output: `${stdout}${stderr}`, stdout };
}

/** The same without blocking. `onSpawn` gets the child, to end it early. */
export function runCaptured(command, args, { onSpawn, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    onSpawn?.(child);
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 1, output: String(error.message) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}
