/** Rows of a unified diff paired for two columns: what was removed stands beside what was added for it. Pure. */
import type { DiffRow } from "./parse-diff.ts";

export type SplitRow =
  | { readonly kind: "pair"; readonly left: DiffRow | null; readonly right: DiffRow | null }
  | { readonly kind: "across"; readonly row: DiffRow };

export function splitRows(rows: readonly DiffRow[]): SplitRow[] {
  const out: SplitRow[] = [];
  let removed: DiffRow[] = [];
  let added: DiffRow[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      out.push({ kind: "pair", left: removed[at] ?? null, right: added[at] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const row of rows) {
    if (row.kind === "removed") removed.push(row);
    else if (row.kind === "added") added.push(row);
    else {
      flush();
      out.push(row.kind === "same" ? { kind: "pair", left: row, right: row } : { kind: "across", row });
    }
  }
  flush();
  return out;
}
