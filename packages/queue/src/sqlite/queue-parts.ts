import type { Database } from "./database.ts";
import type { TaskTable } from "./task-table.ts";
import type { Writer } from "./writer.ts";

/** What the methods of one open queue share. */
export interface QueueParts {
  readonly db: Database;
  readonly namespace: string;
  readonly tasks: TaskTable;
  /** Wall time as it is recorded. */
  now(): string;
  /** Synchronous work that changes nothing. @throws RunnerError E420, E423, E426, and the work's own */
  read<T>(work: () => T): Promise<T>;
  write: Writer["write"];
}
