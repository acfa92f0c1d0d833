import { type ErrorReport, RunnerError, splitWords } from "@pm/core";
import { suggest } from "../../command-line/suggest.ts";
import type { ReplCommand } from "./repl-command.ts";
import { usage } from "./usage.ts";

export type ParsedLine =
  | { readonly kind: "empty" }
  | { readonly kind: "task"; readonly prompt: string }
  | { readonly kind: "command"; readonly command: ReplCommand; readonly words: readonly string[] }
  | { readonly kind: "error"; readonly report: ErrorReport };

/**
 * What a line is: a command where it begins with a slash, else a task. Errors (E114, E115) never quote more of a line than its
 * first word, since the rest may be a key.
 */
export function parseLine(text: string, commands: readonly ReplCommand[]): ParsedLine {
  const line = text.trim();
  if (line === "") return { kind: "empty" };
  if (!line.startsWith("/")) return { kind: "task", prompt: text };
  if (line === "/") return parseLine("/help", commands);
  const name = nameOf(line);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = commands.map((known) => known.name);
    const suggestion = suggest(name, names).replace(/ Did you mean (.*)\?/, " Did you mean /$1?");
    return failed(
      new RunnerError("E114", { name: `/${name}`, suggestion }),
      "Type /help to see every command. A task must not begin with a slash.",
    );
  }
  const split = splitWords(line);
  if ("problem" in split) return misused(command, `${split.problem}; put it in quotes.`);
  const [, ...words] = split.words;
  const missing = command.arguments[words.length];
  if (missing?.required === true) return misused(command, `<${missing.name}> is missing.`);
  if (words.length > command.arguments.length) {
    return misused(command, takes(command.arguments.length));
  }
  return { kind: "command", command, words };
}

/** Without the slash; up to the first white space. */
export function nameOf(line: string): string {
  return /^\s*\/(\S*)/.exec(line)?.[1] ?? "";
}

const takes = (count: number) =>
  count === 0 ? "It takes no arguments." : `It takes at most ${count} argument${count === 1 ? "" : "s"}.`;

/** An error about how a command was typed (E115), with its usage. */
export function misuse(
  command: Pick<ReplCommand, "name" | "arguments" | "usage">,
  reason: string,
): ErrorReport {
  const error = new RunnerError("E115", { reason: `/${command.name}: ${reason}`, command: command.name });
  return { ...error.toReport(), hint: `Type: ${usage(command)}` };
}

const misused = (command: ReplCommand, reason: string): ParsedLine => ({
  kind: "error",
  report: misuse(command, reason),
});

const failed = (error: RunnerError, hint: string): ParsedLine => ({
  kind: "error",
  report: { ...error.toReport(), hint },
});
