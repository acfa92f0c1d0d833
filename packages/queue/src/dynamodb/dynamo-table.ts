/**
 * The table: the only place that knows the AWS SDK, loads it (on first use) and turns its errors into ours.
 *
 * Owns the SDK's client and its connections. Talks to DynamoDB.
 * D1 Every request ends within the bound of time: answered, or refused with E433 or E434 after retries with full jitter.
 * D2 A request may have been carried out though its answer was lost, and is then sent again. So every write that is not
 *    the same when done twice must be conditional, and whoever sends it must recognise its own work.
 * D3 No Scan, and no transaction.
 */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Clock, RunnerError } from "@pm/core";
import type { DynamoOptions } from "./dynamo-options.ts";
import { type Change, type Condition, expressionsOf } from "./expressions.ts";
import { type Fault, faultOf, isConditionFailure } from "./fault-of.ts";
import type { Item } from "./item.ts";
import type { Key } from "./keys.ts";
import { queryInput, type Range } from "./query-input.ts";
import { tableName } from "./table-name.ts";

type Sdk = typeof import("@aws-sdk/client-dynamodb");
type Documents = typeof import("@aws-sdk/lib-dynamodb");

interface Loaded {
  readonly sdk: Sdk;
  readonly documents: Documents;
  readonly client: DynamoDBClient;
  readonly document: DynamoDBDocumentClient;
}

const RETRY_BASE_MS = 25;
const RETRY_CAP_MS = 1_000;
const GIVE_UP_MS = 15_000;
const CONNECT_MS = 2_000;
const REQUEST_MS = 5_000;
const BATCH = 100;

export type DynamoTable = ReturnType<typeof createDynamoTableClient>;

export function createDynamoTableClient(options: DynamoOptions, clock: Clock) {
  const { namespace, endpoint, credentials, giveUpMs = GIVE_UP_MS, onCapacity } = options;
  const name = tableName(namespace);
  const environmentRegion = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  let region = options.region ?? environmentRegion ?? "the default region";
  let loading: Promise<Loaded> | undefined;
  let closed = false;
  let shards = 1;
  const place = () => endpoint ?? region;

  async function load(): Promise<Loaded> {
    // It would be printed in the midst of what a person reads; which Node versions we support is our own promise.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const [sdk, documents] = await Promise.all([
      import("@aws-sdk/client-dynamodb"),
      import("@aws-sdk/lib-dynamodb"),
    ]);
    const client = new sdk.DynamoDBClient({
      ...(options.region !== undefined && { region: options.region }),
      ...(endpoint !== undefined && { endpoint }),
      ...(credentials !== undefined && { credentials }),
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: REQUEST_MS,
        throwOnRequestTimeout: true,
      },
    });
    const document = documents.DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    return { sdk, documents, client, document };
  }

  async function loaded(): Promise<Loaded> {
    loading ??= load();
    const all = await loading;
    region = await all.client.config.region();
    return all;
  }

  function failure({ code, reason }: Fault, action: string, elapsedMs: number, cause?: unknown): RunnerError {
    const seconds = Math.round(elapsedMs / 1000);
    const data = { table: name, place: place(), namespace, action, reason, seconds, shards: 2 * shards };
    return new RunnerError(code, data, cause);
  }

  /** D1; a condition that failed is thrown as it is. */
  async function call<T extends object>(action: string, send: (loaded: Loaded) => Promise<T>): Promise<T> {
    const start = clock.monotonic();
    for (let attempt = 0; ; attempt++) {
      try {
        const output = await send(await loaded());
        if (onCapacity && "ConsumedCapacity" in output) onCapacity(action, output.ConsumedCapacity);
        return output;
      } catch (error) {
        if (isConditionFailure(error)) throw error;
        const fault = faultOf(error);
        const waitMs = Math.random() * Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt);
        const elapsed = clock.monotonic() - start;
        if (!fault.retry || closed || elapsed + waitMs > giveUpMs) {
          throw failure(fault, action, elapsed, error);
        }
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  const counted = onCapacity && ({ ReturnConsumedCapacity: "INDEXES" } as const);
  const base = { TableName: name, ...counted };

  async function batchGet(keys: readonly Key[], consistent: boolean): Promise<Item[]> {
    const start = clock.monotonic();
    const items: Item[] = [];
    const waiting = [...keys];
    while (waiting.length > 0) {
      const Keys = waiting.splice(0, BATCH).map(({ pk, sk }) => ({ pk, sk }));
      const request = { RequestItems: { [name]: { Keys, ConsistentRead: consistent } }, ...counted };
      const output = await call("BatchGetItem", ({ document, documents }) =>
        document.send(new documents.BatchGetCommand(request)),
      );
      items.push(...(output.Responses?.[name] ?? []));
      const left = (output.UnprocessedKeys?.[name]?.Keys ?? []) as unknown as Key[];
      // Left-overs are throttling by another name.
      if (left.length > 0) {
        const elapsed = clock.monotonic() - start;
        const fault: Fault = { code: "E434", retry: true, reason: "unprocessed keys" };
        if (elapsed > giveUpMs) throw failure(fault, "BatchGetItem", elapsed);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * RETRY_CAP_MS));
      }
      waiting.push(...left);
    }
    return items;
  }

  async function conditional<T>(work: () => Promise<T>, refused: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConditionFailure(error)) return refused;
      throw error;
    }
  }

  return {
    name,
    namespace,
    place,
    batchGet,

    /** For the hint of E434. */
    noteShards(known: number): void {
      shards = known;
    },

    /** For what only creation needs. */
    administer: call,

    async get(key: Key, consistent = true): Promise<Item | null> {
      const { pk, sk } = key;
      const output = await call("GetItem", ({ document, documents }) =>
        document.send(new documents.GetCommand({ ...base, Key: { pk, sk }, ConsistentRead: consistent })),
      );
      return output.Item ?? null;
    },

    async query(range: Range): Promise<{ items: Item[]; next: Item | undefined }> {
      const output = await call("Query", ({ document, documents }) =>
        document.send(new documents.QueryCommand({ ...base, ...queryInput(range) })),
      );
      return { items: output.Items ?? [], next: output.LastEvaluatedKey };
    },

    /** How many there are; pays for reading them all. */
    async count(range: Range): Promise<number> {
      let sum = 0;
      let after: Item | undefined;
      do {
        const input = { ...base, ...queryInput({ ...range, after }), Select: "COUNT" as const };
        const output = await call("Query", ({ document, documents }) =>
          document.send(new documents.QueryCommand(input)),
        );
        sum += output.Count ?? 0;
        after = output.LastEvaluatedKey;
      } while (after);
      return sum;
    },

    /** @returns false where the condition did not hold (D2: also where an attempt before had done it) */
    put(item: Item, when: readonly Condition[] = []): Promise<boolean> {
      return conditional(async () => {
        await call("PutItem", ({ document, documents }) =>
          document.send(new documents.PutCommand({ ...base, Item: item, ...expressionsOf({ when }) })),
        );
        return true;
      }, false);
    },

    /** @returns the item as it is now, or null where the condition did not hold (D2) */
    update({ pk, sk }: Key, change: Change): Promise<Item | null> {
      return conditional<Item | null>(async () => {
        const input = {
          ...base,
          Key: { pk, sk },
          ...expressionsOf(change),
          ReturnValues: "ALL_NEW" as const,
        };
        const output = await call("UpdateItem", ({ document, documents }) =>
          document.send(new documents.UpdateCommand(input)),
        );
        return output.Attributes ?? {};
      }, null);
    },

    async remove({ pk, sk }: Key): Promise<void> {
      await call("DeleteItem", ({ document, documents }) =>
        document.send(new documents.DeleteCommand({ ...base, Key: { pk, sk } })),
      );
    },

    async close(): Promise<void> {
      closed = true;
      (await loading)?.client.destroy();
    },
  };
}
