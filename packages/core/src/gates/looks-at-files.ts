import { posix } from "node:path";
import { shellCommands } from "./shell-line.ts";

const LOOKERS = new Set(
  "grep egrep fgrep zgrep rg ag ack cat head tail wc find ls stat file test [ cmp diff awk gawk mawk sed cut sort uniq tr".split(
    " ",
  ),
);

/**
 * Whether a check's command only looks for text in files: it runs nothing of the project, so it is a file check in
 * other clothes. A shell line counts where all its commands do; that a text is gone (`! grep`) is more than a look.
 */
export function looksAtFiles(argv: readonly string[]): boolean {
  const [program = "", ...rest] = argv;
  const name = posix.basename(program);
  if (name === "git") return rest[0] === "grep";
  const commands = shellCommands(argv);
  return commands === null ? LOOKERS.has(name) : commands.every((words) => looksAtFiles(words));
}

/** Whether a word is the name of a program that looks. */
export const isLooker = (program: string): boolean => LOOKERS.has(posix.basename(program));
