import { stripControl } from "@pm/core";

/** A patch whose files' parts are found without looking at all of it. */
export interface SplitPatch {
  readonly bytes: number;
  /**
   * @param path as a page shows it, without control characters: where several files look the same so, the parts of all of them,
   *   since none may hide another. @returns null where the patch has no such file
   */
  part(path: string): string | null;
}

const HEADER = "diff --git ";

export function splitPatch(patch: string): SplitPatch {
  const parts = new Map<string, (readonly [number, number])[]>();
  let start = patch.startsWith(HEADER) ? 0 : next(patch, 0);
  while (start >= 0) {
    const following = next(patch, start);
    const end = following < 0 ? patch.length : following;
    const path = pathOf(patch.slice(start, Math.min(end, start + 20_000)));
    if (path !== null) {
      const shown = stripControl(path);
      parts.set(shown, [...(parts.get(shown) ?? []), [start, end]]);
    }
    start = following;
  }
  return {
    bytes: patch.length * 2 + parts.size * 200,
    part(path) {
      const ranges = parts.get(stripControl(path));
      return ranges?.map((range) => patch.slice(...range)).join("") ?? null;
    },
  };
}

/** Lines of content begin with a sign, those of a binary patch have no blank: no content looks like this. */
function next(patch: string, from: number): number {
  const found = patch.indexOf(`\n${HEADER}`, from);
  return found < 0 ? -1 : found + 1;
}

/** By its new name, or the old one where it was deleted; as git writes it where it is binary or empty. */
function pathOf(part: string): string | null {
  const head = part.split("\n@@ ", 1)[0] ?? "";
  // By line feeds alone: git leaves U+2028 in a name as it is, and `$` would end there.
  const lines = head.split("\n");
  const after = (sign: string) => lines.find((line) => line.startsWith(sign))?.slice(sign.length);
  const named = [after("+++ "), after("--- ")].find((name) => name !== undefined && name !== "/dev/null");
  if (named !== undefined) return unquoted(named.replace(/\t$/, "")).slice(2);
  const renamed = after("rename to ");
  if (renamed !== undefined) return unquoted(renamed);
  const both = (head.split("\n", 1)[0] ?? "").slice(HEADER.length);
  // `a/x b/x`: both halves name the same file.
  const half = both.slice(0, (both.length - 1) / 2);
  return both.length % 2 === 1 && both[half.length] === " " ? unquoted(half).slice(2) : null;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

/** git puts names with other than plain characters into quotes, their bytes as octal numbers. */
function unquoted(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: Buffer[] = [];
  for (const [, octal, letter, plain] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== undefined) bytes.push(Buffer.from([ESCAPES[letter] ?? letter.charCodeAt(0)]));
    else bytes.push(Buffer.from(plain ?? ""));
  }
  return Buffer.concat(bytes).toString();
}
