import { join } from "node:path";
import type { TaskQueue } from "@pm/core";

export interface QueueChoice {
  readonly engine: "sqlite" | "dynamodb";
  /** The home folder of `pm`. */
  readonly home: string;
  readonly namespace: string;
  /** DynamoDB only; default: the SDK's usual chain. */
  readonly region?: string;
  readonly endpoint?: string;
}

/** The queue of a namespace; each engine is loaded when it is used. @throws RunnerError E420–E425, E430–E436 */
export async function openQueue({ engine, home, namespace, ...aws }: QueueChoice): Promise<TaskQueue> {
  if (engine === "sqlite") {
    const { openSqliteQueue } = await import("./sqlite/open-sqlite-queue.ts");
    return openSqliteQueue({ path: join(home, "namespaces", namespace, "queue.db"), namespace });
  }
  const { openDynamoQueue } = await import("./dynamodb/open-dynamo-queue.ts");
  return openDynamoQueue({ namespace, ...aws });
}
