import type { ArgumentSpec, CommandSpec, OptionSpec } from "../commands/command.ts";
import { GLOBAL_OPTIONS } from "../commands/options.ts";
import type { Painter } from "./painter.ts";

const GAP = 2;

/** Rows of two columns, the second one wrapped to `width`. */
function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.max(...rows.map(([first]) => first.length)) + GAP;
  return rows
    .map(([first, second]) => {
      // Too narrow for two columns: the text goes below.
      const stacked = width - left - 2 < 24;
      const indent = stacked ? 6 : left + 2;
      const lines = wrap(second, Math.max(16, width - indent));
      const head = stacked ? `  ${first}\n${" ".repeat(indent)}` : `  ${first.padEnd(left)}`;
      return head + lines.join(`\n${" ".repeat(indent)}`);
    })
    .join("\n");
}

/** Breaks at blanks; a word longer than `width` stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function optionLabel(option: OptionSpec): string {
  const value = option.value === undefined ? "" : ` <${option.value}>`;
  return `${option.short === undefined ? "    " : `-${option.short}, `}--${option.name}${value}`;
}

function argumentLabel(argument: ArgumentSpec): string {
  const name = argument.variadic === true ? `${argument.name}…` : argument.name;
  return argument.required === true ? `<${name}>` : `[${name}]`;
}

function examples(command: Pick<CommandSpec, "examples">, paint: Painter): string {
  return command.examples.map(({ line, note }) => `  ${line}\n      ${paint.dim(note)}`).join("\n");
}

/** Help about `pm`: examples first, then commands, options and exit codes. */
export function overview(
  commands: readonly CommandSpec[],
  version: string,
  width: number,
  paint: Painter,
): string {
  const first = [
    { line: "pm init", note: "create .claude/ in the current folder" },
    { line: 'pm start "Add a --version flag"', note: "run a task through the seven phases" },
    { line: "pm verify session-1a2b3c", note: "check its evidence, offline" },
  ];
  return `pm ${version}: runs coding agents on your repository and never believes them.

${paint.bold("Examples")}
${examples({ examples: first }, paint)}

${paint.bold("Commands")}
${columns(
  commands.map((command) => [command.name, command.summary] as const),
  width,
)}

${paint.bold("Options of every command")}
${columns(
  [
    ...GLOBAL_OPTIONS.map((option) => [optionLabel(option), option.summary] as const),
    ["-v, --version", "Show the version"],
  ],
  width,
)}

${paint.bold("Exit codes of start and continue")}
  0 COMPLETE   1 ERROR   2 wrong usage   3 INCOMPLETE   4 NO_EVIDENCE   5 INVALID   130 interrupted

More about a command: pm <command> --help
`;
}

/** Help about one command: examples first. */
export function commandHelp(command: CommandSpec, width: number, paint: Painter): string {
  const usage = ["pm", command.name, ...command.arguments.map(argumentLabel), "[options]"].join(" ");
  const parts = [`${command.summary}.`, `${paint.bold("Examples")}\n${examples(command, paint)}`];
  parts.push(`${paint.bold("Usage")}\n  ${usage}`);
  if (command.details !== undefined) parts.push(wrap(command.details, width).join("\n"));
  if (command.arguments.length > 0) {
    const rows = command.arguments.map((argument) => [argumentLabel(argument), argument.summary] as const);
    parts.push(`${paint.bold("Arguments")}\n${columns(rows, width)}`);
  }
  const options = [...command.options, ...GLOBAL_OPTIONS].map((o) => [optionLabel(o), o.summary] as const);
  parts.push(`${paint.bold("Options")}\n${columns(options, width)}`);
  return `${parts.join("\n\n")}\n`;
}
