import type { TaskQueue } from "@pm/core";
import * as z from "zod";
import { openDynamoQueue } from "../../../src/dynamodb/open-dynamo-queue.ts";
import { CREDENTIALS, REGION } from "./credentials.ts";

const argumentSchema = z.object({ endpoint: z.string() });

/** How a child process of the contract suite opens the queue. */
export async function openQueue(argument: unknown, namespace: string): Promise<TaskQueue> {
  const { endpoint } = argumentSchema.parse(argument);
  return openDynamoQueue({ namespace, endpoint, region: REGION, credentials: CREDENTIALS });
}
