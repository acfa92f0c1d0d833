import { commandHelp, overview } from "../render/help-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandRun } from "./command.ts";
import { findCommand } from "./find-command.ts";

export const run: CommandRun = async ({ io, style, version, commands }, args) => {
  const name = args.positionals[0];
  const paint = createPainter(style.color.stdout);
  const width = io.stdout.columns();
  const text =
    name === undefined
      ? overview(commands, version, width, paint)
      : commandHelp(findCommand(commands, name), width, paint);
  io.stdout.write(text);
  return 0;
};
