/** What an attribute must be for a write to take place. */
export type Condition =
  | { readonly attribute: string; readonly is: unknown }
  | { readonly attribute: string; readonly in: readonly unknown[] }
  | { readonly attribute: string; readonly exists: boolean };

export interface Change {
  /** Attributes of value undefined are removed. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly setOnce?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly when?: readonly Condition[];
}

export interface Expressions {
  UpdateExpression?: string;
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** Writes a change in DynamoDB's language. Every name is aliased, since many plain words are reserved there. */
export function expressionsOf({ set = {}, setOnce = {}, add = {}, when = [] }: Change): Expressions {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const name = (attribute: string) => {
    names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  };
  const value = (given: unknown) => {
    const alias = `:v${Object.keys(values).length}`;
    values[alias] = given;
    return alias;
  };
  const condition = (each: Condition) => {
    const attribute = name(each.attribute);
    if ("is" in each) return `${attribute} = ${value(each.is)}`;
    if ("in" in each) return `${attribute} IN (${each.in.map(value).join(", ")})`;
    return `${each.exists ? "attribute_exists" : "attribute_not_exists"}(${attribute})`;
  };
  const present = Object.entries(set).filter(([, given]) => given !== undefined);
  const absent = Object.keys(set).filter((attribute) => set[attribute] === undefined);
  const sets = [
    ...present.map(([attribute, given]) => `${name(attribute)} = ${value(given)}`),
    ...Object.entries(setOnce).map(
      ([attribute, given]) => `${name(attribute)} = if_not_exists(${name(attribute)}, ${value(given)})`,
    ),
  ];
  const clauses = [
    clause("SET", sets),
    clause("REMOVE", absent.map(name)),
    clause(
      "ADD",
      Object.entries(add).map(([attribute, by]) => `${name(attribute)} ${value(by)}`),
    ),
  ].filter((text) => text !== "");
  const conditions = when.map(condition);
  return {
    ...(clauses.length > 0 && { UpdateExpression: clauses.join(" ") }),
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(" AND ") }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

const clause = (word: string, parts: readonly string[]) =>
  parts.length === 0 ? "" : `${word} ${parts.join(", ")}`;
