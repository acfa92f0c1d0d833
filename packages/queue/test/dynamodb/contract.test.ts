import { describeTaskQueue } from "../contract/describe-task-queue.ts";
import { makeDynamoHarness } from "./support/dynamo-harness.ts";

describeTaskQueue("the queue on DynamoDB", () => makeDynamoHarness());
