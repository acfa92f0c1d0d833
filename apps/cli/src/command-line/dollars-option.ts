import { usageError } from "./parse-arguments.ts";
import type { ParsedArguments } from "./parsed-arguments.ts";

const MOST = 100_000;

/** @returns the value of an option that is an amount of US dollars. @throws RunnerError E115 where it is none above 0 */
export function dollarsOption(command: string, args: ParsedArguments, name: string): number | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const value = /^\$?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text.replace("$", "")) : Number.NaN;
  if (value > 0 && value <= MOST) return value;
  throw usageError(command, `--${name} ${text}: it is an amount of US dollars above 0, say 1.50.`);
}
