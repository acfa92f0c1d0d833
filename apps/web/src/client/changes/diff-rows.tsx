import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { count } from "../ui/format.ts";
import { visibleText } from "../ui/visible-text.ts";
import type { DiffRow } from "./parse-diff.ts";
import { type SplitRow, splitRows } from "./split-rows.ts";

/** Rows that are drawn at first, and more at each tap. */
const STEP = 1500;
const SIGN = { added: "+", removed: "−", same: " ", hunk: "", note: "" } as const;
const SAID = { added: "added", removed: "removed", same: "", hunk: "", note: "" } as const;

interface DiffRowsProps {
  readonly path: string;
  readonly rows: readonly DiffRow[];
  /** Old and new beside each other. */
  readonly split: boolean;
}

function Code({ row }: { readonly row: DiffRow | null }) {
  if (row === null) return <td className="diff-none" />;
  return (
    <td className={`diff-code diff-${row.kind}`}>
      <span aria-hidden="true" className="diff-sign">
        {SIGN[row.kind]}
      </span>
      {SAID[row.kind] ? <span className="sr-only">{SAID[row.kind]}: </span> : null}
      {visibleText(row.text)}
    </td>
  );
}

const number = (n: number | null, kind: DiffRow["kind"] | null) => (
  <td className={`diff-number diff-${kind ?? "none"}`}>{n}</td>
);

function Unified({ row }: { readonly row: DiffRow }) {
  if (row.kind === "hunk" || row.kind === "note") {
    return (
      <tr>
        <td className={`diff-${row.kind}`} colSpan={3}>
          {row.kind === "hunk" ? `⋯ ${visibleText(row.text)}` : visibleText(row.text)}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      {number(row.old, row.kind)}
      {number(row.new, row.kind)}
      <Code row={row} />
    </tr>
  );
}

function Split({ row }: { readonly row: SplitRow }) {
  if (row.kind === "across") {
    return (
      <tr>
        <td className={`diff-${row.row.kind}`} colSpan={4}>
          {row.row.kind === "hunk" ? `⋯ ${visibleText(row.row.text)}` : visibleText(row.row.text)}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      {number(row.left?.old ?? null, row.left?.kind ?? null)}
      <Code row={row.left} />
      {number(row.right?.new ?? null, row.right?.kind ?? null)}
      <Code row={row.right} />
    </tr>
  );
}

export function DiffRows({ path, rows, split }: DiffRowsProps) {
  const [limit, setLimit] = useState(STEP);
  const shown = rows.slice(0, limit);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys
    <section aria-label={`Lines of ${visibleText(path)}`} className="diff-scroll" tabIndex={0}>
      <table className={split ? "diff-table diff-table-split" : "diff-table"}>
        <tbody>
          {split
            ? splitRows(shown).map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a diff never move
                <Split key={index} row={row} />
              ))
            : shown.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a diff never move
                <Unified key={index} row={row} />
              ))}
        </tbody>
      </table>
      {rows.length > limit ? (
        <Button onClick={() => setLimit(limit + STEP)}>Show more of {count(rows.length)} lines</Button>
      ) : null}
    </section>
  );
}
