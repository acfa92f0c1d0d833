// Runs every speed bench, one after the other, and prints one Markdown table: goal, measured, verdict. What a bench prints
// itself goes to stderr. Exits 1 where a goal is missed. Needs a built apps/cli.
// Usage: node bench/speed/run-all.mjs
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BENCHES = [
  "cold-start",
  "seven-phases",
  "snapshot",
  "journal",
  "output-flood",
  "agent-flood",
  "agent",
  "queue-dynamodb",
  "repl",
  "web/rest",
  "web/events",
  "web/pages",
];
const root = mkdtempSync(join(tmpdir(), "pm-bench-all-"));

try {
  const results = join(root, "rows.jsonl");
  const broken = BENCHES.filter((name) => {
    const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
    const env = { ...process.env, PM_BENCH_ROWS: results };
    const { status } = spawnSync(process.execPath, [file], { env, stdio: ["ignore", 2, 2] });
    return status !== 0;
  });
  const rows = existsSync(results) ? readFileSync(results, "utf8").trimEnd().split("\n").map(JSON.parse) : [];
  const model = cpus()[0]?.model ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${cpus().length} × ${model}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}\n`,
  );
  console.log("| what | goal | measured | |\n|---|---|---|---|");
  for (const { what, goal, measured, met } of rows)
    console.log(`| ${what} | ${goal} | ${measured} | ${met ? "met" : "**missed**"} |`);
  if (broken.length > 0) console.log(`\nNot all well in: ${broken.join(", ")}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  rmSync(root, { recursive: true, force: true });
}
