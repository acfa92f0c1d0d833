import { type Clock, isRunnerError, RunnerError } from "@pm/core";
import type { DynamoOptions } from "./dynamo-options.ts";
import { createDynamoTableClient, type DynamoTable } from "./dynamo-table.ts";
import { CONFIG_KEY } from "./keys.ts";
import { MAX_SHARDS, parseConfig, SCHEMA_VERSION, type TableConfig } from "./table-config.ts";

export interface CreateTableOptions extends DynamoOptions {
  /** Into how many parts the waiting tasks are spread, 1…64; one serves some 500 tasks a second. Default: as it is, or 1. */
  readonly shards?: number;
}

export interface CreatedTable {
  readonly table: string;
  readonly place: string;
  /** False where it was there. */
  readonly created: boolean;
  readonly shards: number;
  /** How many are read; more than `shards` where there once were more. */
  readonly read_shards: number;
  /** Whether DynamoDB removes what has expired; an emulator may not know how. */
  readonly ttl: "on" | "not supported here";
}

const TTL_ATTRIBUTE = "ttl";
const POLL_FIRST_MS = 100;
const POLL_LAST_MS = 2_000;
const CREATION_MS = 120_000;
const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };

const key = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: "HASH" as const },
  { AttributeName: sk, KeyType: "RANGE" as const },
];
const index = (IndexName: string, pk: string, sk: string) => ({
  IndexName,
  KeySchema: key(pk, sk),
  Projection: { ProjectionType: "KEYS_ONLY" as const },
});
const SHAPE = {
  KeySchema: key("pk", "sk"),
  GlobalSecondaryIndexes: [index("byState", "spk", "ssk"), index("byGroup", "gpk", "gsk")],
  AttributeDefinitions: ["pk", "sk", "spk", "ssk", "gpk", "gsk"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  })),
};

/**
 * Makes the table of a namespace, waits until it can be used, and changes the number of shards of one that is there. Doing
 * it again does no harm.
 * @throws RunnerError E431–E435; E436 where a table of that name is not ours
 */
export async function createDynamoTable(options: CreateTableOptions): Promise<CreatedTable> {
  const { clock = systemClock, shards } = options;
  if (shards !== undefined && !(Number.isInteger(shards) && shards >= 1 && shards <= MAX_SHARDS))
    throw new RunnerError("E437", { value: shards, max: MAX_SHARDS });
  const table = createDynamoTableClient(options, clock);
  try {
    const there = await describe(table);
    if (there) assertOurs(table, there);
    else await make(table);
    await waitUntilActive(table, clock);
    const ttl = await switchTtlOn(table);
    const config = await configure(table, clock, shards);
    return {
      table: table.name,
      place: table.place(),
      created: there === null,
      shards: config.shards,
      read_shards: config.read_shards,
      ttl,
    };
  } finally {
    await table.close();
  }
}

type Description = NonNullable<Awaited<ReturnType<typeof describe>>>;

/** @returns null where there is no such table */
async function describe(table: DynamoTable) {
  try {
    const output = await table.administer("DescribeTable", ({ client, sdk }) =>
      client.send(new sdk.DescribeTableCommand({ TableName: table.name })),
    );
    return output.Table ?? null;
  } catch (error) {
    if (isRunnerError(error, "E430")) return null;
    throw error;
  }
}

async function make(table: DynamoTable): Promise<void> {
  try {
    await table.administer("CreateTable", ({ client, sdk }) =>
      client.send(
        new sdk.CreateTableCommand({ TableName: table.name, BillingMode: "PAY_PER_REQUEST", ...SHAPE }),
      ),
    );
  } catch (error) {
    // Somebody else made it at the same time, or our first attempt did and its answer was lost.
    if (isRunnerError(error) && error.cause instanceof Error && error.cause.name === "ResourceInUseException")
      return;
    throw error;
  }
}

function assertOurs(table: DynamoTable, found: Description): void {
  const shown = (schema: Description["KeySchema"] = []) =>
    schema.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join();
  const foreign = (reason: string) => new RunnerError("E436", { table: table.name, reason });
  if (shown(found.KeySchema) !== shown(SHAPE.KeySchema)) throw foreign("its key is another");
  for (const wanted of SHAPE.GlobalSecondaryIndexes) {
    const there = found.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === wanted.IndexName);
    if (shown(there?.KeySchema) !== shown(wanted.KeySchema))
      throw foreign(`it has no index ${wanted.IndexName} like ours`);
  }
}

async function waitUntilActive(table: DynamoTable, clock: Clock): Promise<void> {
  const start = clock.monotonic();
  for (let waitMs = POLL_FIRST_MS; ; waitMs = Math.min(POLL_LAST_MS, waitMs * 1.5)) {
    const found = await describe(table);
    const indexes = found?.GlobalSecondaryIndexes ?? [];
    const active =
      found?.TableStatus === "ACTIVE" && indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE");
    if (active) return;
    if (clock.monotonic() - start > CREATION_MS) {
      const reason = `it is still ${found?.TableStatus ?? "unknown"} after ${CREATION_MS / 1000} s`;
      throw new RunnerError("E435", { action: "CreateTable", table: table.name, reason });
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function switchTtlOn(table: DynamoTable): Promise<CreatedTable["ttl"]> {
  const { TimeToLiveDescription: now } = await table.administer("DescribeTimeToLive", ({ client, sdk }) =>
    client.send(new sdk.DescribeTimeToLiveCommand({ TableName: table.name })),
  );
  if (now?.TimeToLiveStatus === "ENABLED" || now?.TimeToLiveStatus === "ENABLING") return "on";
  try {
    await table.administer("UpdateTimeToLive", ({ client, sdk }) =>
      client.send(
        new sdk.UpdateTimeToLiveCommand({
          TableName: table.name,
          TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
        }),
      ),
    );
    return "on";
  } catch (error) {
    const cause = isRunnerError(error, "E435") ? error.cause : undefined;
    if (cause instanceof Error && cause.name === "UnknownOperationException") return "not supported here";
    throw error;
  }
}

/** Readers poll the most shards there ever were, so that nothing is left behind in those given up. */
async function configure(table: DynamoTable, clock: Clock, shards: number | undefined): Promise<TableConfig> {
  const first = shards ?? 1;
  const config = {
    schema: SCHEMA_VERSION,
    shards: first,
    read_shards: first,
    created_ms: clock.now().getTime(),
  };
  const made = await table.put({ ...CONFIG_KEY, ...config }, [{ attribute: "pk", exists: false }]);
  if (made) return config;
  for (;;) {
    const known = parseConfig(table.name, await table.get(CONFIG_KEY));
    if (shards === undefined || shards === known.shards) return known;
    const read_shards = Math.max(known.read_shards, shards);
    const changed = await table.update(CONFIG_KEY, {
      set: { shards, read_shards },
      when: [{ attribute: "read_shards", is: known.read_shards }],
    });
    if (changed) return { ...known, shards, read_shards };
  }
}
