import { ERROR_CODES, RunnerError } from "@pm/core";
import { asksForHelp, parseArguments, usageError } from "./command-line/parse-arguments.ts";
import { splitCommand } from "./command-line/split-command.ts";
import type { CommandContext, OutputStyle } from "./commands/command.ts";
import { findCommand } from "./commands/find-command.ts";
import {
  DEFAULT_NAMESPACE,
  GLOBAL_OPTIONS,
  NAMESPACE_OPTION,
  NAMESPACE_PATTERN,
  PROJECT_OPTION,
} from "./commands/options.ts";
import { COMMANDS } from "./commands/table.ts";
import type { Io } from "./io.ts";
import { errorReport, errorText } from "./render/error-text.ts";
import { commandHelp, overview } from "./render/help-text.ts";
import { jsonText } from "./render/json-text.ts";
import { createPainter, wantsColor } from "./render/painter.ts";
import type { Services } from "./services.ts";

export interface ProgramOptions {
  readonly io: Io;
  readonly version: string;
  readonly services: Services;
}

export interface Program {
  /** Runs one command line. Never throws: an error is printed, and its exit code returned. */
  run(args: readonly string[]): Promise<number>;
}

const LEADING = [...GLOBAL_OPTIONS, PROJECT_OPTION, NAMESPACE_OPTION];

/** @returns `pm` as a function of its arguments; everything it touches comes in through `io` and `services`. */
export function createProgram({ io, version, services }: ProgramOptions): Program {
  async function dispatch(args: readonly string[], style: OutputStyle): Promise<number> {
    const { name, rest } = splitCommand(args, LEADING);
    if (name === undefined) return withoutCommand(args, style);
    const command = findCommand(COMMANDS, name);
    if (asksForHelp(rest)) {
      io.stdout.write(commandHelp(command, io.stdout.columns(), createPainter(style.color.stdout)));
      return 0;
    }
    const parsed = parseArguments(command, rest);
    const namespace = checkedNamespace(parsed.value("namespace"));
    const asked = { ...style, json: parsed.has("json"), quiet: parsed.has("quiet") };
    const context: CommandContext = { io, version, style: asked, namespace, services, commands: COMMANDS };
    const run = await command.load();
    return run(context, parsed);
  }

  function withoutCommand(args: readonly string[], style: OutputStyle): number {
    if (asksForHelp(args)) {
      io.stdout.write(overview(COMMANDS, version, io.stdout.columns(), createPainter(style.color.stdout)));
      return 0;
    }
    const known = LEADING.flatMap((option) => [`--${option.name}`, `-${option.short}`]);
    const unknown = args.find((word) => word.startsWith("-") && !known.includes(word));
    if (unknown !== undefined || style.json) {
      throw usageError(
        "",
        unknown === undefined ? "No command was given." : `There is no option ${unknown}.`,
      );
    }
    // Nothing was asked for: help, but not as a result, and not as a success that a script could mistake.
    io.stderr.write(overview(COMMANDS, version, io.stderr.columns(), createPainter(style.color.stderr)));
    return 2;
  }

  function fail(error: unknown, style: OutputStyle): number {
    const report = errorReport(error);
    if (style.json) io.stdout.write(jsonText({ error: report }));
    else io.stderr.write(errorText(report, createPainter(style.color.stderr)));
    if (io.env.PM_DEBUG === "1" && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
    return ERROR_CODES[report.code].exit;
  }

  return {
    async run(args) {
      const style = styleOf(args, io);
      try {
        return await dispatch(args, style);
      } catch (error) {
        return fail(error, style);
      }
    },
  };
}

/** Read before parsing, so that a parse error too is printed as asked. */
function styleOf(args: readonly string[], io: Io): OutputStyle {
  const end = args.indexOf("--");
  const words = end < 0 ? args : args.slice(0, end);
  const refused = words.includes("--no-color");
  return {
    json: words.includes("--json"),
    quiet: words.includes("--quiet") || words.includes("-q"),
    color: {
      stdout: wantsColor(io.stdout.isTTY, io.env, refused),
      get stderr() {
        return wantsColor(io.stderr.isTTY, io.env, refused);
      },
    },
  };
}

/** @throws RunnerError E117 */
function checkedNamespace(value = DEFAULT_NAMESPACE): string {
  if (!NAMESPACE_PATTERN.test(value)) throw new RunnerError("E117", { value });
  return value;
}
