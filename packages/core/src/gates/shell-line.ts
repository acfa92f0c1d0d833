import { posix } from "node:path";
import { isShell } from "./is-shell.ts";

/** What a shell runs to have its output as words. */
const SUBSTITUTION = /\$\(([^()]*)\)|`([^`]*)`/g;

/**
 * The commands of a shell's line (`sh -c "a && b"`), those whose output becomes words among them.
 * @returns null where the command is no such line.
 */
export function shellCommands(argv: readonly string[]): readonly (readonly string[])[] | null {
  const [program = "", ...rest] = argv;
  const script = rest.length === 2 && /^-[a-z]*c$/.test(rest[0] ?? "") ? rest[1] : undefined;
  if (!isShell(posix.basename(program)) || script === undefined) return null;
  const inner = [...script.matchAll(SUBSTITUTION)].map((match) => match[1] ?? match[2] ?? "");
  return [script.replace(SUBSTITUTION, "x"), ...inner]
    .flatMap((line) => line.split(/&&|\|\||[;|\n]/))
    .map((part) => part.trim().split(/\s+/));
}
