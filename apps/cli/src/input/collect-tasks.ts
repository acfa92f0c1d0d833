import { RunnerError, splitWords, type TaskInput, type TaskKind } from "@pm/core";
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
 * The tasks of a command line, in order: the words, then `--task` and `--file` as given. Checks, scope and kind hold for
 * each of them.
 * @throws E115 for a check that is no command line, E116 for an unreadable file, E209 for an empty task
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
  if (prompts.length === 0 && (checks.length > 0 || scope.length > 0 || args.value("kind") !== undefined)) {
    throw usageError(
      source.command,
      "--check, --scope and --kind say something about a task, but there is none.",
    );
  }
  return prompts.map((text) => {
    const prompt = text.trim();
    if (prompt === "") throw new RunnerError("E209");
    return { prompt, kind, scope, checks };
  });
}

function checkArgv(command: string, line: string): readonly string[] {
  const split = splitWords(line);
  if ("problem" in split) throw usageError(command, `--check ${line}: ${split.problem}.`);
  return split.words;
}
