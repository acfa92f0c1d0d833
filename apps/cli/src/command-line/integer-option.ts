import { usageError } from "./parse-arguments.ts";
import type { ParsedArguments } from "./parsed-arguments.ts";

/** @returns the value of an option that is a whole number. @throws RunnerError E115 outside of `min`…`max` */
export function integerOption(
  command: string,
  args: ParsedArguments,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usageError(command, `--${name} ${text}: it is a whole number from ${min} to ${max}.`);
}
