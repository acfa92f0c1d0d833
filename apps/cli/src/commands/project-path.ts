import { resolve } from "node:path";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";

/** @returns the project that a command is about, absolute. @throws E101 where the working directory is gone */
export function projectPath(io: Io, args: ParsedArguments): string {
  const given = args.value("project");
  return given === undefined ? io.cwd() : resolve(io.cwd(), given);
}
