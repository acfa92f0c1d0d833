import { posix } from "node:path";

const ENDINGS = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".py", ".sh"];

/**
 * Files of the project that the words of a command may mean: as they stand, after an option's `=`, before a test id's
 * `::`, without the ending that a loader would add, or as the module behind `-m`.
 */
export function argvPaths(argv: readonly string[]): ReadonlySet<string> {
  const words = argv.flatMap((word, index) => [
    word,
    word.slice(word.indexOf("=") + 1),
    word.replace(/::.*$/s, ""),
    ...(argv[index - 1] === "-m" ? [word.replaceAll(".", "/"), `${word.replaceAll(".", "/")}/__main__`] : []),
  ]);
  const paths = words.filter((word) => word !== "").map((word) => posix.normalize(word));
  return new Set(paths.flatMap((path) => ENDINGS.map((ending) => path + ending)));
}
