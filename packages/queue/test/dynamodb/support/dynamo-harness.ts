import { fileURLToPath } from "node:url";
import type { QueueHarness } from "../../contract/harness.ts";
import { type DynamoBench, startDynamoBench } from "./dynamo-bench.ts";

const SHARDS = 2;

/** @param prepare may make the proxy cause trouble; then the queues go through it, else straight to the emulator. */
export async function makeDynamoHarness(prepare?: (bench: DynamoBench) => void): Promise<QueueHarness> {
  const bench = await startDynamoBench();
  const made = new Map<string, Promise<unknown>>();
  prepare?.(bench);
  const endpoint = prepare ? bench.proxy.endpoint : bench.options("").endpoint;
  return {
    exactOrder: false,
    async open({ namespace = "default", clock } = {}) {
      const known = made.get(namespace) ?? bench.create(namespace, prepare ? 1 : SHARDS);
      made.set(namespace, known);
      await known;
      return bench.open({ namespace, direct: !prepare, ...(clock && { clock }) });
    },
    childModule: {
      path: fileURLToPath(new URL("open-in-child.ts", import.meta.url)),
      argument: { endpoint },
    },
    remove: () => bench.stop(),
  };
}
