import type { OptionSpec } from "../commands/command.ts";

export interface SplitCommand {
  /** The first word that is no option and no option's value. */
  readonly name: string | undefined;
  /** Everything else, in order. */
  readonly rest: readonly string[];
}

/** Finds the command's name; options may stand before it (`pm --json status …`). */
export function splitCommand(args: readonly string[], leading: readonly OptionSpec[]): SplitCommand {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (word === "--") return { name: undefined, rest: args };
    if (!word.startsWith("-") || word === "-") {
      return { name: word, rest: [...args.slice(0, index), ...args.slice(index + 1)] };
    }
    const option = leading.find((candidate) => `--${candidate.name}` === word);
    if (option?.value !== undefined) index++;
  }
  return { name: undefined, rest: args };
}
