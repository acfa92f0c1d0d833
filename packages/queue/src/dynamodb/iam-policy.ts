import { tableName } from "./table-name.ts";

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

export interface PolicyPlace {
  /** Default: any. */
  readonly region?: string;
  readonly account?: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition?: string;
}

const WORK = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"];
const CREATION = [
  "CreateTable",
  "DescribeTable",
  "DescribeTimeToLive",
  "UpdateTimeToLive",
  "GetItem",
  "PutItem",
  "UpdateItem",
];

/**
 * The least that is needed in AWS: `work` by whatever submits, lists and runs tasks, `creation` by `pm queue create` alone.
 */
export function iamPolicy(
  namespace: string,
  { region = "*", account = "*", partition = "aws" }: PolicyPlace = {},
): { readonly work: PolicyDocument; readonly creation: PolicyDocument } {
  const table = `arn:${partition}:dynamodb:${region}:${account}:table/${tableName(namespace)}`;
  const document = (
    Sid: string,
    actions: readonly string[],
    Resource: readonly string[],
  ): PolicyDocument => ({
    Version: "2012-10-17",
    Statement: [{ Sid, Effect: "Allow", Action: actions.map((action) => `dynamodb:${action}`), Resource }],
  });
  return {
    work: document("PmQueueWork", WORK, [table, `${table}/index/*`]),
    creation: document("PmQueueCreation", CREATION, [table]),
  };
}
