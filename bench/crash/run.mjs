/**
 * `node bench/crash/run.mjs`: stops, starves and damages the built `pm` at every n-th moment and prints what became of it. Exits 1
 * where anything was lost, torn, approved by itself, or otherwise wrong. See README.md for the options.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { runSuite } from "./suite.mjs";
import { FIGURES } from "./support/tally.mjs";

const { values } = parseArgs({
  options: {
    flow: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    every: { type: "string", default: "1" },
    seed: { type: "string" },
    minutes: { type: "string" },
    simulations: { type: "string" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const say = (text) => process.stderr.write(`${text}\n`);
say(`seed ${seed}`);
const started = performance.now();
const report = await runSuite({
  seed,
  flows: values.flow,
  kinds: values.kind,
  every: Number(values.every),
  minutes: values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes),
  only: values.only,
  simulations: values.simulations === undefined ? undefined : Number(values.simulations),
  say,
});
const minutes = ((performance.now() - started) / 60_000).toFixed(1);

const outcomesOf = (row) =>
  Object.entries(row.outcomes)
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join("; ");
if (values.json)
  process.stdout.write(`${JSON.stringify({ seed, minutes: Number(minutes), ...report }, null, 2)}\n`);
else {
  const head = `| seed ${seed}, every ${values.every}, ${minutes} min | cases | ${FIGURES.join(" | ")} | what became of them |`;
  const line = (row) =>
    `| ${row.kind} | ${row.cases} | ${FIGURES.map((f) => row[f]).join(" | ")} | ${outcomesOf(row)} |`;
  const rule = `| --- | ---: |${FIGURES.map(() => " ---: |").join("")} --- |`;
  process.stdout.write(`${[head, rule, ...report.rows.map(line)].join("\n")}\n\n`);
  process.stdout.write(`${FIGURES.map((figure) => `${figure} ${report.figures[figure]}`).join(", ")}\n`);
  for (const left of report.notRun) process.stdout.write(`not run: ${left}\n`);
}
for (const { figure, kind, what, repeat } of report.findings)
  say(`${figure}: ${kind}: ${what}\n  repeat: ${repeat}`);
process.exitCode = FIGURES.every((figure) => report.figures[figure] === 0) ? 0 : 1;
