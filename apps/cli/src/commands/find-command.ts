import { RunnerError } from "@pm/core";
import { suggest } from "../command-line/suggest.ts";
import type { CommandSpec } from "./command.ts";

/** @throws E114 with the nearest name, where one is near */
export function findCommand(commands: readonly CommandSpec[], name: string): CommandSpec {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  throw new RunnerError("E114", { name, suggestion: suggest(name, names) });
}
