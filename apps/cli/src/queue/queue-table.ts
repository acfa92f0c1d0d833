import { createDynamoTable, iamPolicy } from "@pm/queue";
import type { CreatedQueue } from "../services.ts";
import { openNamespace } from "./open-namespace.ts";
import { queueChoice } from "./queue-choice.ts";

/** What AWS roles must be allowed: `work` for whoever submits and runs tasks, `creation` for `pm queue create` alone. */
export async function queuePolicy(namespace: string): Promise<object> {
  return iamPolicy(namespace);
}

/**
 * Makes the file or the table of a namespace; does nothing where it is there but change a table's number of shards.
 * @throws RunnerError E420–E437, E443
 */
export async function createQueue(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
  shards: number | undefined,
): Promise<CreatedQueue> {
  const choice = await queueChoice(env, namespace);
  if (choice.engine === "dynamodb") {
    const { engine, region, endpoint } = choice;
    const { table, place } = await createDynamoTable({
      namespace,
      ...(shards !== undefined && { shards }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
    return { engine, place: `${table} in ${place}`, policy: await queuePolicy(namespace) };
  }
  const queue = await openNamespace(env, namespace);
  await queue.close();
  return { engine: queue.engine, place: queue.place, policy: null };
}
