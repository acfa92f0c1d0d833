import type { ErrorCode } from "@pm/core";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";
import type { Services } from "../services.ts";

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value; without one it is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly choices?: readonly string[];
  /** What a shell offers, though other values are taken too. */
  readonly suggests?: readonly string[];
  /** What a shell completes its value with. */
  readonly completes?: "file" | "directory";
  readonly summary: string;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: "session" | "command";
  /** It may be a key: no error quotes what was typed for any argument of the command. */
  readonly secret?: boolean;
  /** Error where a required one is not there; E115 unless said. */
  readonly missing?: ErrorCode;
}

export interface ExampleSpec {
  readonly line: string;
  readonly note: string;
}

/** One row of the table that parsing, help, completion and suggestions come from. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
  load(): Promise<CommandRun>;
}

/** How results and progress are to look. */
export interface OutputStyle {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
}

export interface CommandContext {
  readonly io: Io;
  readonly version: string;
  readonly style: OutputStyle;
  /** Whose queue and state are used. */
  readonly namespace: string;
  readonly services: Services;
  /** The table, for the commands that are about commands. */
  readonly commands: readonly CommandSpec[];
}

/** @returns the exit code. @throws RunnerError, printed by the program. */
export type CommandRun = (context: CommandContext, args: ParsedArguments) => Promise<number>;
