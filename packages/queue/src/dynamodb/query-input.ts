import type { Item } from "./item.ts";

export interface Range {
  readonly index?: "byState" | "byGroup";
  readonly partition: string;
  /** Sort keys of the range; both ends belong to it. */
  readonly between?: readonly [string, string];
  readonly beginsWith?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly consistent?: boolean;
  readonly after?: Item | undefined;
}

/** A range in the words of the SDK, but for the table's name. */
export function queryInput(range: Range) {
  const { index, partition, between, beginsWith } = range;
  const [pk, sk] = { byState: ["spk", "ssk"], byGroup: ["gpk", "gsk"], table: ["pk", "sk"] }[
    index ?? "table"
  ];
  const sort = between
    ? " AND #sk BETWEEN :a AND :b"
    : beginsWith === undefined
      ? ""
      : " AND begins_with(#sk, :a)";
  return {
    ...(index && { IndexName: index }),
    KeyConditionExpression: `#pk = :pk${sort}`,
    ExpressionAttributeNames: { "#pk": pk as string, ...(sort !== "" && { "#sk": sk as string }) },
    ExpressionAttributeValues: {
      ":pk": partition,
      ...(between && { ":a": between[0], ":b": between[1] }),
      ...(!between && beginsWith !== undefined && { ":a": beginsWith }),
    },
    ScanIndexForward: !range.newestFirst,
    ...(range.limit !== undefined && { Limit: range.limit }),
    ...(range.consistent && { ConsistentRead: true }),
    ...(range.after && { ExclusiveStartKey: range.after }),
  };
}
