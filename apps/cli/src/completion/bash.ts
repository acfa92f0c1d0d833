import type { CommandSpec, OptionSpec } from "../commands/command.ts";

/** A completion script for bash, from the table; needs nothing but bash itself. */
export function bashCompletion(commands: readonly CommandSpec[], global: readonly OptionSpec[]): string {
  const names = commands.map((command) => command.name).join(" ");
  const options = uniqueOptions(commands, global);
  return `# bash completion for pm; load it with: source <(pm completion bash)
_pm() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command="" index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${commands.map((command) => command.name).join("|")}) command="\${COMP_WORDS[index]}"; break ;;
    esac
  done
  case "$previous" in
${options
  .filter((option) => option.value !== undefined)
  .map(valueCase)
  .join("\n")}
  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${names} ${flags(global)} --version" -- "$current")) ;;
${commands.map((command) => commandCase(command, names, global)).join("\n")}
  esac
}
complete -F _pm pm
`;
}

/** Options of the same name mean the same in every command. */
function uniqueOptions(commands: readonly CommandSpec[], global: readonly OptionSpec[]): OptionSpec[] {
  const all = [...commands.flatMap((command) => command.options), ...global];
  return [...new Map(all.map((option) => [option.name, option])).values()];
}

function flags(options: readonly OptionSpec[]): string {
  return options.map((option) => `--${option.name}`).join(" ");
}

function valueCase(option: OptionSpec): string {
  const reply = (generator: string) => `COMPREPLY=($(compgen ${generator} -- "$current")); `;
  let action = "";
  const words = option.choices ?? option.suggests;
  if (words !== undefined) action = reply(`-W "${words.join(" ")}"`);
  else if (option.completes === "directory") action = `compopt -o filenames 2>/dev/null; ${reply("-d")}`;
  else if (option.completes === "file") action = `compopt -o filenames 2>/dev/null; ${reply("-f")}`;
  return `    --${option.name}) ${action}return ;;`;
}

function commandCase(command: CommandSpec, names: string, global: readonly OptionSpec[]): string {
  const options = flags([...command.options, ...global]);
  const [argument] = command.arguments;
  let words = "";
  if (argument?.choices !== undefined) words = argument.choices.join(" ");
  else if (argument?.completes === "session") words = "$(pm tasks --sessions --quiet 2>/dev/null)";
  else if (argument?.completes === "command") words = names;
  return `    ${command.name})
      if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "${options}" -- "$current"))
      else COMPREPLY=($(compgen -W "${words}" -- "$current")); fi ;;`;
}
