const TRY = /^([ \t]*)try\s*:/;

/**
 * Python: what is said where a comparison failed stays, or a test that swallows it would fail for that.
 * @returns `altered` with the bodies of `except` as they were, wherever something in their `try` is another.
 */
export function withoutFallbacks(source: string, altered: string): string {
  const before = source.split("\n");
  const after = altered.split("\n");
  if (before.length !== after.length) return altered;
  for (const [at, line] of before.entries()) {
    const indent = TRY.exec(line)?.[1];
    if (indent === undefined) continue;
    const end = endOfBody(before, at, indent);
    if (before.slice(at, end).every((one, row) => one === after[at + row])) continue;
    let clause = end;
    while (before[clause]?.startsWith(`${indent}except`)) {
      const next = endOfBody(before, clause, indent);
      for (let row = clause; row < next; row += 1) after[row] = before[row] ?? "";
      clause = next;
    }
  }
  return after.join("\n");
}

/** The first line behind `at` that belongs to no deeper block. */
function endOfBody(lines: readonly string[], at: number, indent: string): number {
  let row = at + 1;
  while (row < lines.length && isWithin(lines[row] ?? "", indent)) row += 1;
  return row;
}

const isWithin = (line: string, indent: string) =>
  line.trim() === "" || (line.startsWith(indent) && /^[ \t]/.test(line.slice(indent.length)));
