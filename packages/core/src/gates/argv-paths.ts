import { posix } from "node:path";
import { isShell } from "./is-shell.ts";

const ENDINGS = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".py", ".sh"];

/** Where a shell takes its line apart; what is quoted in it is taken apart, too. */
const BETWEEN_WORDS = /[\s;&|()<>"'`]+/;

/**
 * Files of the project that the words of a command may mean: as they stand, after an option's `=`, before a test id's
 * `::`, without the ending that a loader would add, as the module behind `-m`, or as words of a shell's line.
 */
export function argvPaths(argv: readonly string[]): ReadonlySet<string> {
  const isLine = isShell(argv[0] ?? "");
  const words = argv.flatMap((word, index) => [
    word,
    // `test` is a command of the shell itself.
    ...(isLine ? word.split(BETWEEN_WORDS).filter((part) => part !== "test") : []),
    word.slice(word.indexOf("=") + 1),
    word.replace(/::.*$/s, ""),
    ...(argv[index - 1] === "-m" ? [word.replaceAll(".", "/"), `${word.replaceAll(".", "/")}/__main__`] : []),
  ]);
  const paths = words.filter((word) => word !== "").map((word) => posix.normalize(word));
  return new Set(paths.flatMap((path) => ENDINGS.map((ending) => path + ending)));
}
