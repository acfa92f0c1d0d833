import { randomUUID } from "node:crypto";
import { lstat, open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";

/**
 * The file that `--record` names. Tried before any agent runs: what was paid for must not be lost for a typing mistake.
 * @returns undefined without the option. @throws RunnerError E115 where it can't be written
 */
export async function recordTarget(
  io: Io,
  args: ParsedArguments,
  command: string,
): Promise<string | undefined> {
  const given = args.value("record");
  if (given === undefined) return undefined;
  const path = resolve(io.cwd(), given);
  const refuse = (reason: string) => usageError(command, `--record ${path} can't be written: ${reason}.`);
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory()) throw refuse("it is a directory");
  if (found !== null && !found.isFile() && !found.isSymbolicLink()) throw refuse("it is no regular file");
  const probe = join(dirname(path), `.pm-${randomUUID()}.tmp`);
  try {
    await (await open(probe, "wx", 0o600)).close();
    await rm(probe);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message.replace(/,.*$/s, "") : String(error));
  }
  return path;
}
