import { childrenOf, isNode, type Node } from "../javascript-nodes.ts";
import { otherValue } from "./other-value.ts";
import { isFunction } from "./under-test.ts";

/** What names of a test file stand for: `want`, or `row.want`, and the literals that it is one after the other. */
export type NamedValues = ReadonlyMap<string, readonly Node[]>;

/** @returns the name that an expression is, or null: an identifier, or a member of one. */
export function nameOf(node: Node): string | null {
  if (node.type === "Identifier") return String(node.name);
  const { object, property } = node;
  if (node.type !== "MemberExpression" || node.computed === true || !isNode(object) || !isNode(property))
    return null;
  return object.type === "Identifier" ? `${object.name}.${property.name}` : null;
}

/** Constants, and columns of tables: of `for (… of [...])`, `[...].forEach(…)`, `test.each([...])(…)`. */
export function namedValues(program: Node): NamedValues {
  const constants = constantsIn(program);
  const tables = tablesIn(program, constants);
  const found = new Map<string, Node[]>();
  const add = (name: string, values: readonly Node[]) =>
    found.set(name, [...(found.get(name) ?? []), ...values]);
  for (const [name, value] of constants) if (otherValue(value).length > 0) add(name, [value]);
  const visit = (node: Node): void => {
    for (const { rows, params, spread } of loopOf(node)) {
      const table = rowsOf(rows, tables);
      const columns = params.flatMap((param, index) => {
        const name = isNode(param) && param.type === "Identifier" ? String(param.name) : null;
        // `test.each` gives each member of a row that is a list to a parameter of its own.
        if (spread && table.every(({ type }) => type === "ArrayExpression"))
          return name === null ? [] : [{ name, values: table.flatMap((row) => cellOf(row, index)) }];
        return index === 0 && isNode(param) ? columnsOf(param, table) : [];
      });
      for (const { name, values } of columns) if (values.length > 0) add(name, values);
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return found;
}

interface Loop {
  readonly rows: unknown;
  readonly params: readonly unknown[];
  readonly spread: boolean;
}

function loopOf(node: Node): Loop[] {
  if (node.type === "ForOfStatement" && isNode(node.left)) {
    const [declared] = (node.left.declarations as unknown[] | undefined) ?? [];
    return isNode(declared) ? [{ rows: node.right, params: [declared.id], spread: false }] : [];
  }
  if (node.type !== "CallExpression" || !isNode(node.callee)) return [];
  const callback = (node.arguments as unknown[]).filter(isNode).find(isFunction);
  const params = (callback?.params as unknown[] | undefined) ?? [];
  if (isCallOf(node, "forEach")) return [{ rows: node.callee.object, params, spread: false }];
  const spread = isCallOf(node.callee, "each");
  if (!spread && !isCallOf(node.callee, "for")) return [];
  return [{ rows: (node.callee.arguments as unknown[])[0], params, spread }];
}

const isCallOf = ({ type, callee }: Node, method: string): boolean =>
  type === "CallExpression" &&
  isNode(callee) &&
  callee.type === "MemberExpression" &&
  isNode(callee.property) &&
  callee.property.name === method;

/** What a parameter takes out of each row. */
function columnsOf(param: Node, table: readonly Node[]): { name: string; values: Node[] }[] {
  if (param.type === "Identifier") {
    const keys = new Set(table.flatMap((row) => propertiesOf(row).map(({ key }) => key)));
    return [...keys].map((key) => ({
      name: `${param.name}.${key}`,
      values: table.flatMap((row) => cellOf(row, key)),
    }));
  }
  const parts = ((param.elements ?? param.properties ?? []) as unknown[]).map((part, index) => {
    if (!isNode(part)) return null;
    if (param.type === "ArrayPattern") return { target: part, at: index };
    const { key, value } = part;
    return isNode(key) && isNode(value) ? { target: value, at: String(key.name ?? key.value) } : null;
  });
  return parts.flatMap((part) =>
    part?.target.type === "Identifier"
      ? [{ name: String(part.target.name), values: table.flatMap((row) => cellOf(row, part.at)) }]
      : [],
  );
}

function cellOf(row: Node, at: number | string): Node[] {
  const cell =
    typeof at === "string"
      ? propertiesOf(row).find(({ key }) => key === at)?.value
      : row.type === "ArrayExpression"
        ? (row.elements as unknown[])[at]
        : null;
  return isNode(cell) ? [cell] : [];
}

function propertiesOf(row: Node): { key: string; value: unknown }[] {
  const properties = row.type === "ObjectExpression" ? (row.properties as unknown[]).filter(isNode) : [];
  return properties.flatMap(({ type, key, value, computed }) =>
    type === "ObjectProperty" && isNode(key) && computed !== true
      ? [{ key: String(key.name ?? key.value), value }]
      : [],
  );
}

function rowsOf(node: unknown, tables: ReadonlyMap<string, Node>): Node[] {
  if (!isNode(node)) return [];
  if (node.type === "Identifier") return rowsOf(tables.get(String(node.name)), new Map());
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression")
    return rowsOf(node.expression, tables);
  if (node.type !== "ArrayExpression") return [];
  return (node.elements as unknown[]).filter(isNode);
}

/** The constants that nothing but loops uses: elsewhere their cells could be given to the code under test. */
function tablesIn(program: Node, constants: ReadonlyMap<string, Node>): ReadonlyMap<string, Node> {
  const others = new Map<string, number>();
  const count = (node: unknown, by: number) => {
    if (isNode(node) && node.type === "Identifier")
      others.set(String(node.name), (others.get(String(node.name)) ?? 0) + by);
  };
  const visit = (node: Node): void => {
    count(node, 1);
    for (const { rows } of loopOf(node)) count(rows, -1);
    childrenOf(node).forEach(visit);
  };
  visit(program);
  // One is its declaration.
  return new Map([...constants].filter(([name]) => others.get(name) === 1));
}

/** Each `const name = …` in the file whose name is declared once. */
function constantsIn(program: Node): ReadonlyMap<string, Node> {
  const found = new Map<string, Node | null>();
  const visit = (node: Node): void => {
    if (node.type === "VariableDeclaration")
      for (const { id, init } of (node.declarations as unknown[]).filter(isNode))
        if (isNode(id) && id.type === "Identifier" && isNode(init)) {
          const name = String(id.name);
          found.set(name, node.kind === "const" && !found.has(name) ? init : null);
        }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return new Map([...found].flatMap(([name, init]) => (init ? [[name, init] as const] : [])));
}
