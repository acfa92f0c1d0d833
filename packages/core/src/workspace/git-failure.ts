import type { ErrorCode } from "../errors/codes.ts";
import { RunnerError } from "../errors/runner-error.ts";
import type { GitOutput } from "./spawn-git.ts";

const BY_MESSAGE: readonly [RegExp, ErrorCode][] = [
  [/No space left on device|Disk quota exceeded/, "E109"],
  [/Read-only file system|Permission denied|insufficient permission/, "E104"],
  [
    /bad object|failed to unpack tree|unable to read|missing (blob|tree)|corrupt|not a (git repository|tree object)|Not a valid/,
    "E308",
  ],
];

/** @returns the error for a git call on our store that failed: E109, E104, E308, else E119 */
export function wrapGitFailure(storeDir: string, args: readonly string[], output: GitOutput): RunnerError {
  const code = BY_MESSAGE.find(([pattern]) => pattern.test(output.stderr))?.[1] ?? "E119";
  const said = output.stderr.trim().split("\n").slice(0, 3).join("; ");
  return new RunnerError(code, {
    path: storeDir,
    reason: `git ${args.find((arg) => /^[a-z][a-z-]+$/.test(arg))} ended with ${output.code}${said === "" ? "" : `: ${said}`}`,
  });
}
