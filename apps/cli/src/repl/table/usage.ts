import type { ReplCommand } from "./repl-command.ts";

/** @returns a command as it is typed: `/logs [task-id]`. */
export function usage(command: Pick<ReplCommand, "name" | "arguments" | "usage">): string {
  const { name, arguments: list } = command;
  if (command.usage !== undefined) return `/${name} ${command.usage}`;
  return [`/${name}`, ...list.map((each) => (each.required ? `<${each.name}>` : `[${each.name}]`))].join(" ");
}
