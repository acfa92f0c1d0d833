import type { ArgumentSpec, CommandSpec, OptionSpec } from "../commands/command.ts";

/** A completion script for fish, from the table. */
export function fishCompletion(commands: readonly CommandSpec[], global: readonly OptionSpec[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const lines = [
    "# fish completion for pm; save it as ~/.config/fish/completions/pm.fish",
    "complete -c pm -f",
    "complete -c pm -n __fish_use_subcommand -l version -s v -d 'Show the version'",
    ...global.map((option) => `complete -c pm ${optionSpec(option)}`),
  ];
  for (const command of commands) {
    lines.push(`complete -c pm -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`);
    const within = `complete -c pm -n '__fish_seen_subcommand_from ${command.name}'`;
    for (const option of command.options) lines.push(`${within} ${optionSpec(option)}`);
    const words = argumentWords(command.arguments[0], names);
    if (words !== null) lines.push(`${within} -a '${words}'`);
  }
  return `${lines.join("\n")}\n`;
}

function optionSpec(option: OptionSpec): string {
  const parts = [`-l ${option.name}`];
  if (option.short !== undefined) parts.push(`-s ${option.short}`);
  const words = option.choices ?? option.suggests;
  if (words !== undefined) parts.push(`-x -a '${words.join(" ")}'`);
  else if (option.completes === "directory") parts.push("-x -a '(__fish_complete_directories)'");
  else if (option.completes === "file") parts.push("-r -F");
  else if (option.value !== undefined) parts.push("-x");
  parts.push(`-d ${quoted(option.summary)}`);
  return parts.join(" ");
}

function argumentWords(argument: ArgumentSpec | undefined, names: string): string | null {
  if (argument?.choices !== undefined) return argument.choices.join(" ");
  if (argument?.completes === "session") return "(pm tasks --sessions --quiet 2>/dev/null)";
  return argument?.completes === "command" ? names : null;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
