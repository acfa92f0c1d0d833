/**
 * `node bench/load/kill-workers.mjs [seconds]`: SIGKILL to a random worker every 200 ms for 60 s under load. Prints what
 * became of every task; exits 1 where one was lost, ended twice, or failed without reason.
 */
import { runLoad } from "./run-load.mjs";

const seconds = Number(process.argv[2] ?? 60);
const report = await runLoad({ seconds, killEveryMs: 200, workers: 4, perSecond: 100 });
const { submitted, kills, ended, lost, endedTwice, wronglyFailed, takenOver, troubles, drainSeconds } =
  report;
const rows = [
  ["submitted and acknowledged", submitted],
  ["workers killed", kills],
  ["tasks whose worker was killed", takenOver],
  ...Object.entries(ended).map(([state, count]) => [`ended ${state}`, count]),
  ["lost", lost.length],
  ["ended twice", endedTwice.length],
  ["failed with fewer than two deaths", wronglyFailed.length],
  ["seconds until all was done", drainSeconds.toFixed(1)],
];
const lines = rows.map(([what, count]) => `| ${what} | ${count} |`);
process.stdout.write(`| ${seconds} s, a kill every 200 ms | |\n| --- | ---: |\n${lines.join("\n")}\n`);
for (const line of new Set(troubles)) process.stderr.write(`${line}\n`);
process.exitCode = lost.length + endedTwice.length + wronglyFailed.length === 0 ? 0 : 1;
