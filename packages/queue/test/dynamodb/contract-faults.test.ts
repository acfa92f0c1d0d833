import { describeTaskQueue } from "../contract/describe-task-queue.ts";
import type { DynamoBench } from "./support/dynamo-bench.ts";
import { makeDynamoHarness } from "./support/dynamo-harness.ts";
import { randomFault } from "./support/random-fault.ts";

const SHARE = 0.08;

function makeTrouble({ proxy }: DynamoBench): void {
  proxy.fault = randomFault(SHARE);
}

// Child processes meet the same proxy; their races are run once, without faults.
describeTaskQueue(
  "the queue on DynamoDB that throttles, fails, loses answers and has an index that lags",
  () => makeDynamoHarness(makeTrouble),
  { processes: false },
);
