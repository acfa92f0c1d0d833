/**
 * `node bench/fail-closed/run.mjs [--filter part-of-a-name] [--isolation process] [--jobs n] [--json]`: plays every case
 * with the built `pm`. Exits 1 where one did not end as it must.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { figuresOf } from "./lib/figures.mjs";
import { hasSandbox } from "./lib/has-sandbox.mjs";
import { loadCases } from "./lib/load-cases.mjs";
import { playCase } from "./lib/play-case.mjs";
import { tableText } from "./lib/table-text.mjs";

const { values } = parseArgs({
  options: {
    filter: { type: "string", default: "" },
    isolation: { type: "string", default: "sandbox" },
    jobs: { type: "string", default: String(availableParallelism() + 1) },
    json: { type: "boolean", default: false },
  },
});
const { isolation } = values;
if (isolation !== "sandbox" && isolation !== "process") throw new Error("--isolation is sandbox or process");
if (isolation === "sandbox" && !hasSandbox())
  throw new Error("bubblewrap does not work here; run with --isolation process, which covers less");

const cases = await loadCases(values.filter);
const waiting = cases.map((played, index) => ({ played, index }));
const outcomes = [];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes[next.index] = await playCase(next.played, { isolation });
      if (process.stderr.isTTY) process.stderr.write(`\r${cases.length - waiting.length} of ${cases.length}`);
    }
  }),
);
if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");

const figures = figuresOf(outcomes);
process.stdout.write(
  values.json ? `${JSON.stringify({ isolation, figures, outcomes }, null, 2)}\n` : `${tableText(outcomes)}\n`,
);
const good = outcomes.every(({ verdict }) => verdict !== "wrong" && verdict !== "closed");
process.exitCode = good && outcomes.length > 0 ? 0 : 1;
