import type { CommandRun } from "./command.ts";
import { printResult } from "./print-result.ts";
import { sessionOf } from "./session-of.ts";

export const run: CommandRun = async (context, args) => {
  const engine = await context.services.engine(context.namespace);
  printResult(context, await engine.cancel(await sessionOf(context, args, engine)));
  return 0;
};
