import { execFileSync } from "node:child_process";

/** Whether this machine, or a sandbox on it, runs a command whose line begins with `words`. */
export function runsNow(words: string): boolean {
  const listed = execFileSync("ps", ["-axww", "-o", "command="], { encoding: "utf8" });
  return listed.split("\n").some((line) => line.startsWith(words));
}
