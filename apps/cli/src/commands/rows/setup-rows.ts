import type { CommandSpec } from "../command.ts";
import { run as doctor } from "../doctor.ts";
import { run as help } from "../help.ts";
import { run as init } from "../init.ts";
import { PLACE_OPTIONS, PROJECT_OPTION, PROVIDER_OPTION } from "../options.ts";
import { run as validate } from "../validate.ts";

/** Commands about the project, the person's own setup and the command line itself. */
export const SETUP_ROWS: readonly CommandSpec[] = [
  {
    name: "validate",
    summary: "Check a project's structure and settings; runs nothing",
    arguments: [],
    options: PLACE_OPTIONS,
    examples: [{ line: "pm validate --project path/to/project", note: "exits 1 and names what is wrong" }],
    load: async () => validate,
  },
  {
    name: "init",
    summary: "Create the .claude scaffold in a project",
    details: "Files that are there already are left alone.",
    arguments: [],
    options: PLACE_OPTIONS,
    examples: [{ line: "pm init", note: "in the current folder" }],
    load: async () => init,
  },
  {
    name: "keys",
    summary: "Show which API keys are set; set, check or remove one",
    details:
      "A key of the environment (ANTHROPIC_API_KEY, OPENAI_API_KEY) goes before one of config.json. set asks for the key without showing it, or reads it from standard input; check sends one request for each key that is set.",
    arguments: [
      { name: "action", summary: "set, check or remove", choices: ["set", "check", "remove"] },
      { name: "provider", summary: "anthropic or openai", choices: ["anthropic", "openai"] },
      { name: "key", summary: "set: the key; it stays in your shell's history then", secret: true },
    ],
    options: [],
    examples: [
      { line: "pm keys", note: "SET or NOT SET, and where each comes from" },
      { line: "pm keys set anthropic", note: "asks for the key" },
      { line: "pass show openai | pm keys set openai", note: "from a password manager" },
      { line: "pm keys check", note: "exits 1 where one is refused" },
    ],
    load: async () => (await import("../../run-part.ts")).keysCommand,
  },
  {
    name: "models",
    summary: "List the models of a provider, with their prices",
    details:
      "Asks the provider's API where a key is set, once a day; else it lists what was known when this pm was made, and says so. Prices are in US dollars per million tokens; your own go first (prices in config.json).",
    arguments: [],
    options: [{ ...PROVIDER_OPTION, summary: "Provider (default: the project's)" }, PROJECT_OPTION],
    examples: [
      { line: "pm models", note: "those of the project's provider" },
      { line: "pm models --provider openai --json", note: "for a script" },
    ],
    load: async () => (await import("../../run-part.ts")).modelsCommand,
  },
  {
    name: "doctor",
    summary: "Check this machine, the logins and the project; one fix for each problem",
    arguments: [],
    options: PLACE_OPTIONS,
    examples: [{ line: "pm doctor", note: "exits 1 if something needed is missing" }],
    load: async () => doctor,
  },
  {
    name: "completion",
    summary: "Print a completion script for a shell",
    arguments: [
      { name: "shell", summary: "bash, zsh or fish", required: true, choices: ["bash", "zsh", "fish"] },
    ],
    options: [],
    examples: [
      { line: "source <(pm completion bash)", note: "in ~/.bashrc" },
      { line: "source <(pm completion zsh)", note: "in ~/.zshrc, after compinit" },
      { line: "pm completion fish > ~/.config/fish/completions/pm.fish", note: "once" },
    ],
    // Three shells' scripts are a tenth of what help loads.
    load: async () => (await import("../completion.ts")).run,
  },
  {
    name: "help",
    summary: "Show help about pm or a command",
    arguments: [{ name: "command", summary: "Command", completes: "command" }],
    options: [],
    examples: [{ line: "pm help start", note: "the same as pm start --help" }],
    load: async () => help,
  },
];
