import { join } from "node:path";
import type { TaskQueue } from "@pm/core";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";

/** Opens a queue in a child process. @param folder which holds the namespaces */
export function openQueue(folder: unknown, namespace: string): Promise<TaskQueue> {
  return openSqliteQueue({ path: join(String(folder), namespace, "queue.db"), namespace });
}
