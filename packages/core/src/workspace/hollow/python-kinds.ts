/** Which kind of value a function of Python gives, as far as its text says. */
import type { Def } from "./python-blocks.ts";

type Kind = "int" | "float" | "str" | "list" | "dict";

/** What nobody expects, of each kind: a test that only asks for the kind passes with it. */
const UNEXPECTED: Readonly<Record<Kind, string>> = {
  int: "-7340033",
  float: 'float("nan")',
  str: '"\\x01"',
  list: '["\\x01"]',
  dict: '{"\\x01": 1}',
};

const ANNOTATED =
  /->\s*(?:Optional\[)?(int|float|str|list|List|dict|Dict)\b(?![^:|\]]*\]?\s*\|\s*(?:int|float|str|list|dict)\b)/;
const IS_ANNOTATED = /\)\s*->/;
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
  const annotated = ANNOTATED.exec(header)?.[1]?.toLowerCase() as Kind | undefined;
  if (annotated) return UNEXPECTED[annotated];
  if (IS_ANNOTATED.test(header)) return null;
  const given = [header, ...body.map(({ text }) => text)].flatMap((text) => {
    const value = RETURN.exec(text)?.[1]
      ?.replace(/\s#.*$/, "")
      .trim();
    return value && value !== "None" ? [kindOf(value)] : [];
  });
  const [kind] = given;
  return kind && given.every((one) => one === kind) ? UNEXPECTED[kind] : null;
}

const kindOf = (value: string): Kind | null => GIVEN.find(([pattern]) => pattern.test(value))?.[1] ?? null;
