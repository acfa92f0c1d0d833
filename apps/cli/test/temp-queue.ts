import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TaskPayload, TaskQueue } from "@pm/core";
import { openQueue, placeOf } from "@pm/queue";
import { onTestFinished } from "vitest";
import type { Services } from "../src/services.ts";

/** A task that asks for nothing but `prompt`. */
export function payloadOf(prompt: string): TaskPayload {
  return {
    prompt,
    kind: "change",
    scope: [],
    checks: [],
    provider: null,
    model: null,
    requires: null,
    budget_usd: null,
  };
}

export interface TempQueue {
  readonly home: string;
  readonly queue: TaskQueue;
  readonly services: Pick<Services, "queue" | "place">;
  /** Namespaces that a queue was asked for. */
  readonly asked: readonly string[];
}

/** The embedded queue in a folder of the running test. */
export async function tempQueue(): Promise<TempQueue> {
  const home = mkdtempSync(join(tmpdir(), "pm-cli-queue-"));
  const queue = await openQueue({ engine: "sqlite", home, namespace: "default" });
  onTestFinished(async () => {
    await queue.close();
    rmSync(home, { recursive: true, force: true });
  });
  const asked: string[] = [];
  const services = {
    queue: async (namespace: string) => {
      asked.push(namespace);
      return queue;
    },
    place: (engine: TaskQueue["engine"], project: string) => placeOf(engine, home, project),
  };
  return { home, queue, services, asked };
}
