import { spawnSync } from "node:child_process";

export const hasWrk = () => spawnSync("wrk", ["-v"]).error === undefined;

/** Asks for one address as fast as it is answered. @returns requests a second, and the time that 99 of 100 took at most (ms) */
export function wrk(port, path, { connections, seconds }) {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", `http://localhost:${port}${path}`];
  const { stdout } = spawnSync("wrk", args, { encoding: "utf8" });
  const [, perSecond] = /Requests\/sec:\s+([\d.]+)/.exec(stdout) ?? [];
  const [, late, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  if (perSecond === undefined || unit === undefined || /Non-2xx|Socket errors/.test(stdout))
    throw new Error(`wrk of ${path} went wrong:\n${stdout}`);
  return { perSecond: Number(perSecond), p99: Number(late) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}
