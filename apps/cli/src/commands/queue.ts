import { usageError } from "../command-line/parse-arguments.ts";
import type { CommandRun } from "./command.ts";
import { queueCreate } from "./queue-create.ts";
import { queueStatus } from "./queue-status.ts";

export const run: CommandRun = async (context, args) => {
  if (args.positionals[0] === "create") return queueCreate(context, args);
  if (args.has("policy") || args.value("shards") !== undefined) {
    throw usageError("queue", "--shards and --policy are for pm queue create.");
  }
  return queueStatus(context);
};
