import { statfsSync } from "node:fs";
import type { ErrorCode } from "../errors/codes.ts";
import { RunnerError } from "../errors/runner-error.ts";
import type { GitOutput } from "./spawn-git.ts";

const BY_MESSAGE: readonly [RegExp, ErrorCode][] = [
  [/No space left on device|Out of diskspace|Disk quota exceeded/, "E109"],
  [/Read-only file system|Permission denied|insufficient permission/, "E104"],
  [
    /bad object|failed to unpack tree|unable to read|missing (blob|tree)|corrupt|not a (git repository|tree object)|Not a valid/,
    "E308",
  ],
];

/** @returns the error for a git call on our store that failed: E109, E104, E308, else E119 */
export function wrapGitFailure(storeDir: string, args: readonly string[], output: GitOutput): RunnerError {
  const known = BY_MESSAGE.find(([pattern]) => pattern.test(output.stderr))?.[1] ?? "E119";
  const code =
    known === "E119" && /unable to write|write error/.test(output.stderr) && isFull(storeDir)
      ? "E109"
      : known;
  const lines = output.stderr
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("warning:"));
  const said = lines.slice(0, 3).join("; ");
  return new RunnerError(code, {
    path: storeDir,
    reason: `git ${args.find((arg) => /^[a-z][a-z-]+$/.test(arg))} ended with ${output.code}${said === "" ? "" : `: ${said}`}`,
  });
}

/** Where git only says that it could not write, the disk says why. */
function isFull(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize < 64 * 1024;
  } catch {
    return false;
  }
}
