import { posix } from "node:path";
import { isShell } from "./is-shell.ts";

const LOOKERS = new Set(
  "grep egrep fgrep zgrep rg ag ack cat head tail wc find ls stat file test [ cmp diff awk gawk mawk sed cut sort uniq tr".split(
    " ",
  ),
);

/** What a shell runs to have its output as words. */
const SUBSTITUTION = /\$\(([^()]*)\)|`([^`]*)`/g;

/**
 * Whether a check's command only looks for text in files: it runs nothing of the project, so it is a file check in
 * other clothes. A shell line counts where all its commands do; that a text is gone (`! grep`) is more than a look.
 */
export function looksAtFiles(argv: readonly string[]): boolean {
  const [program = "", ...rest] = argv;
  const name = posix.basename(program);
  if (name === "git") return rest[0] === "grep";
  const script = rest.length === 2 && /^-[a-z]*c$/.test(rest[0] ?? "") ? rest[1] : undefined;
  if (!isShell(name) || script === undefined) return LOOKERS.has(name);
  const inner = [...script.matchAll(SUBSTITUTION)].map((match) => match[1] ?? match[2] ?? "");
  const commands = [script.replace(SUBSTITUTION, "x"), ...inner]
    .flatMap((line) => line.split(/&&|\|\||[;|\n]/))
    .map((part) => part.trim().split(/\s+/));
  return commands.every((words) => looksAtFiles(words));
}
