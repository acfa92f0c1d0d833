// Median CPU time (user + system) of `pm` against `node -e 0` in the same run, interleaved so that a change of the
// machine's speed meets all alike. Needs bash (its `time` reads what the kernel counted) and a built apps/cli.
// Usage: node bench/speed/cold-start.mjs [rounds, at least 15]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reportRow } from "./support/report-row.mjs";

const rounds = Math.max(15, Number(process.argv[2] ?? 25) || 25);
const cli = fileURLToPath(new URL("../../apps/cli/", import.meta.url));
const pm = join(cli, "bin/pm.js");
if (!existsSync(join(cli, "dist/main.js"))) {
  console.error("apps/cli is not built. Run: npx turbo run build");
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), "pm-cold-start-"));
const project = join(scratch, "project");
mkdirSync(project);
const env = { ...process.env, PM_HOME: join(scratch, "home"), NO_COLOR: "1" };
// Reading extra certificates costs every Node process the same again and would flatter the ratios.
delete env.NODE_EXTRA_CA_CERTS;

function node(args, expected) {
  const result = spawnSync(process.execPath, args, { env, cwd: project, encoding: "utf8", input: "" });
  if (result.status !== expected) {
    throw new Error(
      `${args.join(" ")} ended ${result.status}, not ${expected}: ${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

/** CPU milliseconds of one run, its start-up and end included. */
function cpuOf(args) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1 </dev/null';
  const { stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...args], {
    env: { ...env, LC_ALL: "C" },
    cwd: project,
    encoding: "utf8",
  });
  const [user, system] = stderr.trim().split(" ").map(Number);
  return (user + system) * 1000;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

let missed = 0;
try {
  node([pm, "init"], 0);
  const INCOMPLETE = 3;
  const { session_id: session } = JSON.parse(node([pm, "start", "--json", "--quiet"], INCOMPLETE));
  node([pm, "status", session], 0);
  const cases = [
    { name: "node -e 0", args: ["-e", "0"], goal: null },
    { name: "pm --version", args: [pm, "--version"], goal: 1.5 },
    { name: "pm --help", args: [pm, "--help"], goal: 1.8 },
    { name: "pm status <id>", args: [pm, "status", session], goal: 3 },
  ].map((one) => ({ ...one, ms: [] }));
  for (let round = -2; round < rounds; round++) {
    for (const one of cases) {
      const ms = cpuOf(one.args);
      // The first rounds fill the caches.
      if (round >= 0) one.ms.push(ms);
    }
  }
  const bare = median(cases[0].ms);
  console.log(`Cold start, CPU ms, median of ${rounds} interleaved runs, Node ${process.versions.node}\n`);
  console.log("| command | ms | × node -e 0 | goal |\n|---|---|---|---|");
  for (const { name, ms, goal } of cases) {
    const ratio = median(ms) / bare;
    if (goal !== null && ratio > goal) missed++;
    if (goal !== null) {
      const measured = `${ratio.toFixed(2)} × (${median(ms).toFixed(0)} ms)`;
      reportRow({
        what: `CPU of \`${name}\``,
        goal: `≤ ${goal} × \`node -e 0\``,
        measured,
        met: ratio <= goal,
      });
    }
    const verdict = goal === null ? "" : `≤ ${goal}${ratio > goal ? " missed" : ""}`;
    console.log(`| ${name} | ${median(ms).toFixed(1)} | ${ratio.toFixed(2)} | ${verdict} |`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
