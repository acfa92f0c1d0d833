import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import type { Clock } from "@pm/core";

export interface DynamoOptions {
  readonly namespace: string;
  /** Default of these three: the SDK's usual chain. */
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: NonNullable<DynamoDBClientConfig["credentials"]>;
  readonly clock?: Clock;
  /** How long a request is tried again before E433 or E434, in milliseconds; default 15,000. */
  readonly giveUpMs?: number;
  /** Hears what each request consumed, as DynamoDB reports it. */
  readonly onCapacity?: (action: string, consumed: unknown) => void;
}
