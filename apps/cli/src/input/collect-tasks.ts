import { RunnerError, splitWords, type TaskInput, type TaskKind } from "@pm/core";
import { dollarsOption } from "../command-line/dollars-option.ts";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";
import { readImplicitTask, readTask } from "./read-text.ts";

export interface TaskSource {
  readonly command: string;
  /** Words of the prompt; several make one task. */
  readonly words: readonly string[];
  /** Whether a pipe or file on standard input is a task where nothing else names one. */
  readonly implicitStdin: boolean;
}

/**
 * The tasks of a command line, in order: the words, then `--task` and `--file` as given. Checks, scope, kind and budget hold
 * for each of them.
 * @throws E115 for a check that is no command line or a budget that is no amount, E116 for an unreadable file, E209 for an empty task
 */
export async function collectTasks(io: Io, args: ParsedArguments, source: TaskSource): Promise<TaskInput[]> {
  const prompts: string[] = [];
  if (source.words.length > 0) prompts.push(source.words.join(" "));
  for (const { name, value } of args.ordered) {
    if (name === "task") prompts.push(value);
    if (name === "file") prompts.push(await readTask(io, value));
  }
  if (prompts.length === 0 && source.implicitStdin) {
    const text = await readImplicitTask(io);
    if (text !== null) prompts.push(text);
  }
  const kind = (args.value("kind") ?? "change") as TaskKind;
  const scope = args.values("scope");
  const checks = args.values("check").map((line) => checkArgv(source.command, line));
  const budgetUsd = dollarsOption(source.command, args, "max-cost");
  const said = ["check", "scope", "kind", "max-cost"].some((name) => args.values(name).length > 0);
  if (prompts.length === 0 && said) {
    throw usageError(
      source.command,
      "--check, --scope, --kind and --max-cost say something about a task, but there is none.",
    );
  }
  return prompts.map((text) => {
    const prompt = text.trim();
    if (prompt === "") throw new RunnerError("E209");
    return { prompt, kind, scope, checks, ...(budgetUsd !== undefined && { budgetUsd }) };
  });
}

function checkArgv(command: string, line: string): readonly string[] {
  const split = splitWords(line);
  if ("problem" in split) throw usageError(command, `--check ${line}: ${split.problem}.`);
  return split.words;
}
