/** Which kind of value a function of Python gives, as far as its text says. */
import { bodyStart, type Def } from "./python-blocks.ts";

type Kind = "int" | "float" | "str" | "list" | "dict";

/** What nobody expects, of each kind: a test that only asks for the kind passes with it. */
const UNEXPECTED: Readonly<Record<Kind, string>> = {
  int: "-7340033",
  float: 'float("nan")',
  str: '"\\x01"',
  list: '["\\x01"]',
  dict: '{"\\x01": 1}',
};

const NAMES = new Map<string, Kind>([
  ...(["int", "float", "str", "list", "dict"] as const).map((kind) => [kind, kind] as const),
  ["List", "list"],
  ["Dict", "dict"],
]);
const RETURN = /(?:^|[:;])\s*return\b[ \t]*(.*)/s;
const GIVEN: readonly (readonly [RegExp, Kind])[] = [
  [/^-?\d+$|^(?:len|int|sum|ord|hash)\(/, "int"],
  [/^-?\d*\.\d+$|^float\(/, "float"],
  [
    /^[rbf]{0,2}["'](?!.*["']\s*(?:in|==|<|>)\s)|^str\(|\.(?:join|strip|lower|upper|replace|title|format)\([^()]*\)$/,
    "str",
  ],
  [/^\[(?!.*\]\s*[[.(])|^(?:list|sorted)\(/, "list"],
  [/^\{(?:\s*\}$|[^{}]*:)|^dict\(/, "dict"],
];

/** An expression for what a function gives at once; null where nothing is known. */
export function unexpectedOf({ header, body }: Def): string | null {
  const annotation = annotationOf(header);
  if (annotation !== null) {
    const [name, ...others] = annotation.split("|").filter((one) => !/^\s*None\s*$/.test(one));
    const kind = others.length > 0 ? undefined : NAMES.get(/\w+/.exec(name ?? "")?.[0] ?? "");
    return kind === undefined ? null : UNEXPECTED[kind];
  }
  const given = [header, ...body.map(({ text }) => text)].flatMap((text) => {
    const value = RETURN.exec(text)?.[1]
      ?.replace(/\s#.*$/, "")
      .trim();
    return value && value !== "None" ? [kindOf(value)] : [];
  });
  const [kind] = given;
  return kind && given.every((one) => one === kind) ? UNEXPECTED[kind] : null;
}

/** What is said to be given: `str | None`, without `Optional`. */
function annotationOf(header: string): string | null {
  const end = bodyStart(header, 0);
  const start = header.lastIndexOf("->", end ?? 0);
  return end === null || start < 0 ? null : header.slice(start + 2, end - 1).replace(/^\s*Optional\b/, "");
}

const kindOf = (value: string): Kind | null => GIVEN.find(([pattern]) => pattern.test(value))?.[1] ?? null;
