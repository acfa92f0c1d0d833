import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { jsonText } from "../render/json-text.ts";
import type { CommandRun } from "./command.ts";
import { GLOBAL_OPTIONS } from "./options.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export const run: CommandRun = async ({ io, style, commands }, args) => {
  // The parser let through only what the table allows.
  const shell = args.positionals[0] as keyof typeof SHELLS;
  const script = SHELLS[shell](commands, GLOBAL_OPTIONS);
  io.stdout.write(style.json ? jsonText({ shell, script }) : script);
  return 0;
};
