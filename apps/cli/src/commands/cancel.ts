import type { CommandRun } from "./command.ts";
import { printResult } from "./print-result.ts";
import { sessionToChange } from "./session-to-change.ts";

export const run: CommandRun = async (context, args) => {
  const engine = await context.services.engine(context.namespace);
  printResult(context, await engine.cancel(await sessionToChange(context, args, engine)));
  return 0;
};
