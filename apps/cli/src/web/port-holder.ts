import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { stripToLine } from "@pm/core";

const UNKNOWN = "another program";
const LISTENING = "0A";
const LSOF_MS = 3_000;

/** @returns in words who listens on a port of this machine, as far as this user may know. */
export async function portHolder(port: number): Promise<string> {
  const pid = process.platform === "linux" ? await pidFromProc(port) : await pidFromLsof(port);
  if (pid === null) return UNKNOWN;
  const command = await commandOf(pid);
  return command === null ? `pid ${pid}` : `${command} (pid ${pid})`;
}

async function pidFromProc(port: number): Promise<number | null> {
  const sockets = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const [, ...rows] = (await readFile(table, "utf8").catch(() => "")).split("\n");
    for (const row of rows) {
      const [, local = "", , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === LISTENING && Number.parseInt(local.split(":")[1] ?? "", 16) === port)
        sockets.add(`socket:[${inode}]`);
    }
  }
  if (sockets.size === 0) return null;
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) if (await holdsOneOf(pid, sockets)) return Number(pid);
  return null;
}

/** Processes of other users can't be looked into. */
async function holdsOneOf(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(
    descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "")),
  );
  return targets.some((target) => sockets.has(target));
}

async function pidFromLsof(port: number): Promise<number | null> {
  const output = await outputOf("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fp"]);
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  return pid === undefined ? null : Number(pid);
}

/** Its name only: arguments may hold secrets. */
async function commandOf(pid: number): Promise<string | null> {
  const name =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")
      : await outputOf("ps", ["-o", "comm=", "-p", String(pid)]);
  return stripToLine(name.trim()) || null;
}

async function outputOf(file: string, args: readonly string[]): Promise<string> {
  const env = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" };
  const run = promisify(execFile)(file, args, { env, timeout: LSOF_MS });
  return run.then(
    ({ stdout }) => stdout,
    () => "",
  );
}
