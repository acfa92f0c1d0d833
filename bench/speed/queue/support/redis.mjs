import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const PATIENCE_MS = 5_000;

/** @returns its version, or null where there is none. */
export function redisVersion() {
  const { stdout } = spawnSync("redis-server", ["--version"], { encoding: "utf8" });
  return /v=(\S+)/.exec(stdout ?? "")?.[1] ?? null;
}

/** @param {string} folder @param {"everysec" | "always"} appendfsync */
export async function startRedis(folder, appendfsync) {
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, "redis.sock");
  const settings = { port: "0", unixsocket: socket, dir: folder, appendonly: "yes", appendfsync, save: "" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("close", resolve));
  for (const since = performance.now(); !existsSync(socket); await delay(20)) {
    if (server.exitCode !== null || performance.now() - since > PATIENCE_MS)
      throw new Error(`redis-server did not start (exit ${server.exitCode})`);
  }
  return {
    socket,
    async stop() {
      server.kill("SIGTERM");
      await ended;
    },
  };
}
