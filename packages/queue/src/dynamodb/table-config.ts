import { type Clock, RunnerError } from "@pm/core";
import * as z from "zod";
import type { DynamoTable } from "./dynamo-table.ts";
import type { Item } from "./item.ts";
import { CONFIG_KEY } from "./keys.ts";

export const SCHEMA_VERSION = 1;
export const MAX_SHARDS = 64;

const shardsSchema = z.int().min(1).max(MAX_SHARDS);
const configSchema = z.object({
  schema: z.int().positive(),
  /** Where new tasks go. */
  shards: shardsSchema,
  /** The most there ever were: all of them are read, so that a change leaves nobody behind. */
  read_shards: shardsSchema,
  created_ms: z.int(),
});
export type TableConfig = z.infer<typeof configSchema>;

// Workers that still read fewer shards see what is in the new ones after at most this.
const FRESH_MS = 30_000;

/** @throws RunnerError E436 where it is not one of ours, or one of a newer version */
export function parseConfig(table: string, item: Item | null): TableConfig {
  const foreign = (reason: string) => new RunnerError("E436", { table, reason });
  if (!item) throw foreign("it has no configuration");
  const parsed = configSchema.safeParse(item);
  if (!parsed.success) throw foreign(`its configuration is not readable: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.schema > SCHEMA_VERSION)
    throw foreign(`a newer pm made it (schema ${parsed.data.schema}; this one knows ${SCHEMA_VERSION})`);
  return parsed.data;
}

/** @returns a function that gives the table's configuration, read anew now and then. */
export function createConfigReader(table: DynamoTable, clock: Clock): () => Promise<TableConfig> {
  let known: { readonly config: Promise<TableConfig>; readonly at: number } | undefined;
  const read = async () => {
    const config = parseConfig(table.name, await table.get(CONFIG_KEY));
    table.noteShards(config.shards);
    return config;
  };
  return () => {
    const at = clock.monotonic();
    if (!known || at - known.at > FRESH_MS) {
      const config = read();
      const fresh = { config, at };
      known = fresh;
      config.catch(() => {
        if (known === fresh) known = undefined;
      });
    }
    return known.config;
  };
}
