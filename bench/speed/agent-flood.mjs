// `pm start` with a stand-in for the agent that floods it: the greatest memory of the whole `pm` process, and the status,
// which must not be COMPLETE. Exits 1 where the goal is missed. Needs a built apps/cli.
// Usage: node bench/speed/agent-flood.mjs [folder of a built apps/cli]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateProject, PROMPT } from "./support/generated-project.mjs";
import { reportRow } from "./support/report-row.mjs";

const GOAL_RSS_MB = 300;
/** All written to standard output by one run of the agent. */
const FLOODS = {
  "1 GB of short lines": "yes 'all work and no play' | head -c 1000000000",
  "one line of 1 GB": "head -c 1000000000 /dev/zero",
  "one line of 10 MB": "head -c 10000000 /dev/zero | tr '\\0' x; echo",
  "100 MB that is no UTF-8": "head -c 100000000 /dev/urandom",
};
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const pm = join(process.argv[2] ?? here("../../apps/cli"), "bin/pm.js");
const root = mkdtempSync(join(tmpdir(), "pm-bench-agent-flood-"));

try {
  const rows = {};
  let met = true;
  for (const [name, script] of Object.entries(FLOODS)) {
    const { status, rssMb, seconds } = run(script);
    const good = rssMb < GOAL_RSS_MB && status !== "COMPLETE";
    met &&= good;
    rows[name] = { status, "RSS MB": Math.round(rssMb), s: seconds.toFixed(1) };
    reportRow({
      what: `\`pm start\`, an agent that prints ${name}`,
      goal: `RSS < ${GOAL_RSS_MB} MB, not COMPLETE`,
      measured: `${Math.round(rssMb)} MB, ${status}`,
      met: good,
    });
  }
  console.table(rows);
  console.log(`goal RSS < ${GOAL_RSS_MB} MB and never COMPLETE: ${met ? "met" : "MISSED"}`);
  process.exitCode = met ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function run(script) {
  const dir = mkdtempSync(join(root, "run-"));
  const [project, home, memory] = ["project", "home", "memory"].map((name) => join(dir, name));
  const agent = join(dir, "agent", "claude");
  generateProject(project, 10);
  for (const made of [home, join(dir, "agent")]) mkdirSync(made);
  writeFileSync(agent, `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${script}\n`, { mode: 0o755 });
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    PM_HOME: join(home, "pm"),
    PM_CLAUDE_BIN: agent,
    ANTHROPIC_API_KEY: "sk-ant-bench-flood",
    PM_BENCH_MEMORY: memory,
  };
  const args = ["--import", here("support/peak-memory-probe.mjs"), pm, "start", PROMPT, "--json", "--quiet"];
  const started = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, env, encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  if (stdout === "") throw new Error(`pm printed no result: ${stderr}`);
  return {
    status: JSON.parse(stdout).overall_status,
    rssMb: Number(readFileSync(memory, "utf8")) / 1024,
    seconds,
  };
}
