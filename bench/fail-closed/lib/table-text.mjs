import { figuresOf } from "./figures.mjs";

/** The table for people. @param {readonly import("./play-case.mjs").Outcome[]} outcomes */
export function tableText(outcomes) {
  const rows = [
    ["case", "family", "expected", "got", "ok"],
    ...outcomes.map(({ name, family, expected, got, verdict, needs }) => [
      ...[name, family, expected, got],
      verdict === "hole" ? `known hole: needs ${needs}` : verdict,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const faults = outcomes
    .filter(({ verdict }) => verdict === "wrong" || verdict === "closed")
    .flatMap(({ family, name, why, faults: found, verdict }) => [
      "",
      `${family}/${name}: ${why}`,
      ...found.map((fault) => `  ${fault}`),
      ...(verdict === "closed" ? ["  It is no hole any more: take `needs` out of the case."] : []),
    ]);
  return [...lines, ...faults, "", ...figureLines(outcomes)].join("\n");
}

function figureLines(outcomes) {
  const figures = figuresOf(outcomes);
  return [
    `false COMPLETE: ${figures.falseComplete} of ${figures.cheats} cheats (goal 0)`,
    `honest COMPLETE: ${figures.honestComplete} of ${figures.twins} twins (goal all)`,
    `another status than asked for: ${figures.wrong}`,
    `known holes: ${figures.knownHoles}, closed ones still marked: ${figures.closedHoles}`,
    `not covered without a sandbox: ${figures.notCovered}, not run for want of a tool: ${figures.notRun}`,
  ];
}
