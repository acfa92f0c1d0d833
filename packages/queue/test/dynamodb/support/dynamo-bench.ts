import type { TaskQueue } from "@pm/core";
import { type CreatedTable, createDynamoTable } from "../../../src/dynamodb/create-dynamo-table.ts";
import type { DynamoOptions } from "../../../src/dynamodb/dynamo-options.ts";
import { openDynamoQueue } from "../../../src/dynamodb/open-dynamo-queue.ts";
import { payload as taskPayload } from "../../support/task-payload.ts";
import { CREDENTIALS, REGION } from "./credentials.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { startDynalite } from "./start-dynalite.ts";

export const WORKER = { workerId: "w1", leaseMs: 60_000 };

export const payload = (prompt = "Do it.") => taskPayload(prompt);

export const outcome = (message = "done") => ({
  code: null,
  message,
  next_action: null,
  evidence_path: null,
  result_digest: null,
});

export interface DynamoBench {
  readonly proxy: FaultProxy;
  /** Straight to the emulator, or through the proxy. */
  readonly open: (options?: Partial<DynamoOptions> & { direct?: boolean }) => TaskQueue;
  readonly create: (namespace: string, shards?: number) => Promise<CreatedTable>;
  readonly options: (namespace: string) => DynamoOptions;
  readonly stop: () => Promise<void>;
}

/** An emulator, a proxy before it, and queues on both. */
export async function startDynamoBench(): Promise<DynamoBench> {
  const emulator = await startDynalite();
  const proxy = await startFaultProxy(emulator.endpoint);
  const opened: TaskQueue[] = [];
  const options = (namespace: string): DynamoOptions => ({
    namespace,
    region: REGION,
    endpoint: emulator.endpoint,
    credentials: CREDENTIALS,
  });
  return {
    proxy,
    options,
    open({ direct = false, namespace = "default", ...more } = {}) {
      const through = direct ? {} : { endpoint: proxy.endpoint };
      const queue = openDynamoQueue({ ...options(namespace), ...through, ...more });
      opened.push(queue);
      return queue;
    },
    create: (namespace, shards) =>
      createDynamoTable({ ...options(namespace), ...(shards !== undefined && { shards }) }),
    async stop() {
      await Promise.all(opened.map((queue) => queue.close()));
      await proxy.stop();
      await emulator.stop();
    },
  };
}
