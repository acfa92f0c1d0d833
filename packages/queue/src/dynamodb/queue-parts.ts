import type { Clock } from "@pm/core";
import type { DynamoTable } from "./dynamo-table.ts";
import type { GroupOrder } from "./group-order.ts";
import type { Groups } from "./groups.ts";
import type { TableConfig } from "./table-config.ts";
import type { TaskStore } from "./task-store.ts";

/** What the parts of one queue share. */
export interface QueueParts {
  readonly namespace: string;
  readonly table: DynamoTable;
  readonly clock: Clock;
  readonly config: () => Promise<TableConfig>;
  readonly groups: Groups;
  readonly order: GroupOrder;
  readonly tasks: TaskStore;
}
