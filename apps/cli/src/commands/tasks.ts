import { isRunnerError } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import type { CommandRun } from "./command.ts";
import { listQueue } from "./list-queue.ts";
import { listSessions, listTasksOfSession } from "./list-sessions.ts";
import { sessionOf } from "./session-of.ts";

const ABOUT_THE_QUEUE = ["state", "limit", "cursor"];

export const run: CommandRun = async (context, args) => {
  const engine = await context.services.engine(context.namespace);
  const [id] = args.positionals;
  if (args.has("sessions")) {
    const other = id ?? ABOUT_THE_QUEUE.find((name) => args.value(name) !== undefined);
    if (other !== undefined) throw usageError("tasks", "--sessions goes with --project only.");
    await listSessions(context, args, engine);
    return 0;
  }
  if (id === undefined) {
    await listQueue(context, args, undefined);
    return 0;
  }
  try {
    // Not its status: that is asked of the queue too, where there is no such session here.
    await engine.refs(id);
  } catch (error) {
    if (!isRunnerError(error, "E202") && !isRunnerError(error, "E203")) throw error;
    await listQueue(context, args, { id, unknown: error });
    return 0;
  }
  await listTasksOfSession(context, await sessionOf(context, args, engine), engine);
  return 0;
};
