import { quoteWords, splitWords } from "./split-words.ts";

/** A QA command: how people write it, which is also its id in evidence, and what is run. */
export interface QaCommand {
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
  /** A file, or a folder of files, relative, that the command's own test runner writes: JUnit's XML or CTRF. */
  readonly report?: string;
}

export type QaEntry =
  | string
  | readonly string[]
  | { readonly command: string | readonly string[]; readonly report: string };

/** One entry of `qa.commands`. @returns the command, or what is wrong with it as a clause. */
export function parseQaCommand(entry: QaEntry): QaCommand | { readonly problem: string } {
  if (typeof entry === "object" && "command" in entry) {
    const command = parseQaCommand(entry.command);
    return "problem" in command ? command : { ...command, report: entry.report };
  }
  if (typeof entry === "string") {
    const split = splitWords(entry);
    return "problem" in split ? split : { id: entry.trim(), argv: split.words };
  }
  const [first, ...rest] = entry;
  return first === undefined
    ? { problem: "there is no command" }
    : { id: quoteWords(entry), argv: [first, ...rest] };
}
