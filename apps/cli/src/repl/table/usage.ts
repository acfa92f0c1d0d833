import type { ReplCommand } from "./repl-command.ts";

/** @returns a command as it is typed: `/logs [task-id]`. */
export function usage({ name, arguments: list }: Pick<ReplCommand, "name" | "arguments">): string {
  return [`/${name}`, ...list.map((each) => (each.required ? `<${each.name}>` : `[${each.name}]`))].join(" ");
}
