import { parseArgs } from "node:util";
import { RunnerError } from "@pm/core";
import type { CommandSpec, OptionSpec } from "../commands/command.ts";
import { GLOBAL_OPTIONS } from "../commands/options.ts";
import type { ParsedArguments } from "./parsed-arguments.ts";
import { suggest } from "./suggest.ts";

/** A usage error; its hint names the command's help. */
export function usageError(command: string, reason: string): RunnerError {
  return new RunnerError("E115", { reason, command });
}

/** Words that follow a `--` are no options, so a help flag there is none. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === "--help" || word === "-h");
}

/**
 * Parses what follows a command's name, strictly.
 * @throws RunnerError E115 for whatever is not in the command's row; E201 for a missing session id
 */
export function parseArguments(command: CommandSpec, args: readonly string[]): ParsedArguments {
  const specs = [...command.options, ...GLOBAL_OPTIONS];
  const { tokens } = parseArgs({
    args: [...args],
    // Not Node's own strict mode: its messages have no code, no suggestion and differ between versions.
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(specs.map((spec) => [spec.name, parserOption(spec)])),
  });
  const positionals: string[] = [];
  const switches = new Set<string>();
  const ordered: { name: string; value: string }[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = specs.find((candidate) => candidate.name === token.name);
    if (spec === undefined) throw unknownOption(command.name, token.rawName, specs);
    if (spec.value === undefined) {
      if (token.value !== undefined) throw usageError(command.name, `${token.rawName} takes no value.`);
      switches.add(spec.name);
    } else {
      ordered.push({ name: spec.name, value: optionValue(command.name, spec, token) });
    }
  }
  checkPositionals(command, positionals);
  const values = (name: string) => ordered.filter((entry) => entry.name === name).map((entry) => entry.value);
  return {
    positionals,
    has: (name) => switches.has(name),
    value: (name) => values(name).at(-1),
    values,
    ordered,
  };
}

function parserOption(spec: OptionSpec) {
  return {
    type: spec.value === undefined ? ("boolean" as const) : ("string" as const),
    ...(spec.short === undefined ? {} : { short: spec.short }),
    multiple: spec.multiple ?? false,
  };
}

function optionValue(
  command: string,
  spec: OptionSpec,
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): string {
  const { value } = token;
  if (value === undefined) throw usageError(command, `${token.rawName} needs a value: <${spec.value}>.`);
  if (token.inlineValue !== true && value.startsWith("-") && value !== "-") {
    // Else `--task --json` would run the task "--json".
    const example = `--${spec.name}=${value}`;
    throw usageError(
      command,
      `${token.rawName} needs a value; one that starts with a dash is written ${example}.`,
    );
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    throw usageError(command, `${token.rawName} ${value}: allowed are ${spec.choices.join(", ")}.`);
  }
  if (value === "" && spec.name !== "task") throw usageError(command, `${token.rawName} has an empty value.`);
  return value;
}

function unknownOption(command: string, raw: string, specs: readonly OptionSpec[]): RunnerError {
  const suggestion = raw.startsWith("--")
    ? suggest(
        raw,
        specs.map((spec) => `--${spec.name}`),
      )
    : "";
  return usageError(command, `There is no option ${raw}.${suggestion}`);
}

function checkPositionals(command: CommandSpec, positionals: readonly string[]): void {
  const quoted = (value: string) => (command.arguments.some(({ secret }) => secret === true) ? "" : value);
  for (const [index, spec] of command.arguments.entries()) {
    const value = positionals[index];
    if (spec.required === true && (value === undefined || value === "")) {
      if (spec.missing !== undefined) throw new RunnerError(spec.missing, { command: command.name });
      throw usageError(command.name, `pm ${command.name} needs <${spec.name}>: ${spec.summary}.`);
    }
    if (value !== undefined && spec.choices !== undefined && !spec.choices.includes(value)) {
      const allowed = `allowed are ${spec.choices.join(", ")}.${suggest(value, spec.choices)}`;
      throw usageError(command.name, `${spec.name}${quoted(` ${value}`)}: ${allowed}`);
    }
  }
  if (command.arguments.some((spec) => spec.variadic === true)) return;
  const extra = positionals[command.arguments.length];
  if (extra !== undefined) throw usageError(command.name, `Unexpected argument${quoted(`: ${extra}`)}.`);
}
