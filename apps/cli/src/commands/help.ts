import { unknownCommand } from "../command-line/unknown-command.ts";
import { commandHelp, overview } from "../render/help-text.ts";
import { createPainter } from "../render/painter.ts";
import type { CommandRun } from "./command.ts";
import { findCommand } from "./table.ts";

export const run: CommandRun = async ({ io, style, version }, args) => {
  const name = args.positionals[0];
  const paint = createPainter(style.color.stdout);
  const command = name === undefined ? undefined : findCommand(name);
  if (name !== undefined && command === undefined) throw unknownCommand(name);
  const width = io.stdout.columns();
  io.stdout.write(
    command === undefined ? overview(version, width, paint) : commandHelp(command, width, paint),
  );
  return 0;
};
