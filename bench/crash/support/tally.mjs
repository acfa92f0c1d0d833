/** The figures of a run of the suite, and everything that was wrong, each with what repeats it. */

/** What a finding counts as. `lost`, `torn` and `auto-approved` are the issue's own; the rest is `wrong`. */
export const FIGURES = ["lost", "torn", "auto-approved", "wrong"];

export function createTally() {
  const rows = new Map();
  const findings = [];
  const rowOf = (kind) => {
    if (!rows.has(kind))
      rows.set(kind, { cases: 0, outcomes: {}, ...Object.fromEntries(FIGURES.map((f) => [f, 0])) });
    return rows.get(kind);
  };
  return {
    /** @param {{ kind: string, repeat: string, outcome: string, found: { figure: string, what: string }[] }} one */
    add({ kind, repeat, outcome, found }) {
      const row = rowOf(kind);
      row.cases += 1;
      row.outcomes[outcome] = (row.outcomes[outcome] ?? 0) + 1;
      for (const { figure, what } of found) {
        row[figure] += 1;
        findings.push({ kind, figure, what, repeat });
      }
    },
    rows: () => [...rows.entries()].map(([kind, row]) => ({ kind, ...row })),
    findings: () => findings,
    figures: () =>
      Object.fromEntries(
        FIGURES.map((figure) => [figure, [...rows.values()].reduce((sum, row) => sum + row[figure], 0)]),
      ),
  };
}
