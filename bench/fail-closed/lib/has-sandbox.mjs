import { spawnSync } from "node:child_process";

/** Whether bubblewrap works here; `pm` falls back to plain processes where it does not, and the escape cases mean nothing. */
export function hasSandbox() {
  return spawnSync("bwrap", ["--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "true"]).status === 0;
}
