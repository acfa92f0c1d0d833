import { quoteWords, splitWords } from "./split-words.ts";

/** A QA command: how people write it, which is also its id in evidence, and what is run. */
export interface QaCommand {
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
}

/** One entry of `qa.commands`. @returns the command, or what is wrong with it as a clause. */
export function parseQaCommand(entry: string | readonly string[]): QaCommand | { readonly problem: string } {
  if (typeof entry === "string") {
    const split = splitWords(entry);
    return "problem" in split ? split : { id: entry.trim(), argv: split.words };
  }
  const [first, ...rest] = entry;
  return first === undefined
    ? { problem: "there is no command" }
    : { id: quoteWords(entry), argv: [first, ...rest] };
}
