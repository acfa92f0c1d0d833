import { RunnerError } from "@pm/core";
import { COMMANDS } from "../commands/table.ts";
import { suggest } from "./suggest.ts";

export function unknownCommand(name: string): RunnerError {
  const names = COMMANDS.map((command) => command.name);
  return new RunnerError("E114", { name, suggestion: suggest(name, names) });
}
