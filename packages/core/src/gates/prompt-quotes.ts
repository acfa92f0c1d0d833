const PAIRED =
  /“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|‘([^‘\n]+?)’(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}]/u;
const BEFORE_SINGLE = /[\s([{=:,;/]/;

/**
 * Quoted strings, without their quotes. Apostrophes (it's, users', '90s) and inch marks (5") are none.
 *
 * @param prose the prompt with code masked, in which quotes are looked for;
 * @param text the same length, in which they are read.
 */
export function quotedStrings(prose: string, text: string): string[] {
  const ranges = [...straight(prose, '"'), ...straight(prose, "'")];
  const paired = [...prose.matchAll(PAIRED)].map((match): [number, number] => [
    match.index + 1,
    match.index + match[0].length - 1,
  ]);
  return [...ranges, ...paired]
    .map(([from, to]) => text.slice(from, to).replaceAll("`", "").trim())
    .filter((quote) => quote !== "" && quote !== "n");
}

/** An opening that another opening follows before any end was none. */
function straight(prose: string, mark: '"' | "'"): [number, number][] {
  const found: [number, number][] = [];
  let start: number | null = null;
  for (let at = 0; at < prose.length; at += 1) {
    const char = prose.charAt(at);
    if (char === "\n" && (mark === "'" || prose.charAt(at + 1) === "\n")) start = null;
    if (char !== mark || prose.charAt(at - 1) === "\\") continue;
    if (start !== null && closes(prose, at)) {
      found.push([start, at]);
      start = null;
    } else if (opens(prose, at, mark)) {
      start = at + 1;
    }
  }
  return found;
}

function opens(prose: string, at: number, mark: '"' | "'"): boolean {
  const before = prose.charAt(at - 1);
  const after = prose.charAt(at + 1);
  const free = mark === "'" ? before === "" || BEFORE_SINGLE.test(before) : !WORD.test(before);
  return free && after !== "" && !/\s/.test(after);
}

function closes(prose: string, at: number): boolean {
  return !/\s/.test(prose.charAt(at - 1)) && !WORD.test(prose.charAt(at + 1));
}
