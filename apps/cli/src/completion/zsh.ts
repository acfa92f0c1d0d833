import type { ArgumentSpec, CommandSpec, OptionSpec } from "../commands/command.ts";

/** A completion script for zsh, from the table; works sourced and as a file \`_pm\` on fpath. */
export function zshCompletion(commands: readonly CommandSpec[], global: readonly OptionSpec[]): string {
  return `#compdef pm
# zsh completion for pm; load it with: source <(pm completion zsh)
_pm_sessions() {
  local -a ids
  ids=(\${(f)"$(pm tasks --sessions --quiet 2>/dev/null)"})
  compadd -a ids
}

_pm_commands() {
  local -a commands
  commands=(
${commands.map((command) => `    '${command.name}:${quoted(command.summary)}'`).join("\n")}
  )
  _describe command commands
}

_pm() {
  local context state line
  typeset -A opt_args
  _arguments -C ${global.map(optionSpec).join(" ")} '1:command:_pm_commands' '*::argument:->argument'
  [[ $state == argument ]] || return
  case $words[1] in
${commands.map((command) => commandCase(command, global)).join("\n")}
  esac
}

if [[ $funcstack[1] == _pm ]]; then _pm "$@"; else compdef _pm pm; fi
`;
}

function commandCase(command: CommandSpec, global: readonly OptionSpec[]): string {
  const specs = [
    ...[...command.options, ...global].map(optionSpec),
    ...command.arguments.map((argument, index) => argumentSpec(argument, index)),
  ];
  return `    ${command.name})\n      _arguments ${specs.join(" \\\n        ")} ;;`;
}

function optionSpec(option: OptionSpec): string {
  const repeat = option.multiple === true ? "*" : "";
  const value = option.value === undefined ? "" : `:${option.value}:${action(option)}`;
  return `'${repeat}--${option.name}[${quoted(option.summary)}]${value}'`;
}

function argumentSpec(argument: ArgumentSpec, index: number): string {
  let generator = " ";
  if (argument.choices !== undefined) generator = `(${argument.choices.join(" ")})`;
  else if (argument.completes === "session") generator = "_pm_sessions";
  else if (argument.completes === "command") generator = "_pm_commands";
  return `'${argument.variadic === true ? "*" : index + 1}:${argument.name}:${generator}'`;
}

function action(option: OptionSpec): string {
  const words = option.choices ?? option.suggests;
  if (words !== undefined) return `(${words.join(" ")})`;
  if (option.completes === "directory") return "_files -/";
  return option.completes === "file" ? "_files" : " ";
}

/** For a single-quoted \`_arguments\` spec. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
}
