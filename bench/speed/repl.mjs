// `pm repl` on a terminal: CPU until the prompt is visible, against `node -e 0`; CPU of a prompt that waits; and its screen, fed
// by the bench: bytes of a run of 300 updates, and memory over 2,000 events with 200,000 log lines. Exits 1 where a goal is missed.
// Needs `script` of util-linux, which makes the terminal, bash and a built apps/cli. Usage: node bench/speed/repl.mjs [rounds]
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { reportRow } from "./support/report-row.mjs";

const GOALS = { prompt: 7.5, idle: 0.005, bytes: 60_000, memory: 0.1 };
const IDLE_MS = 10_000;
const rounds = Math.max(5, Number(process.argv[2] ?? 15) || 15);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const cli = path("../../apps/cli/");
if (!existsSync(join(cli, "dist/main.js"))) {
  console.error("apps/cli is not built. Run: npx turbo run build");
  process.exit(1);
}

const root = mkdtempSync(join(tmpdir(), "pm-bench-repl-"));
const project = join(root, "project");
mkdirSync(project);
const env = { ...process.env, PM_HOME: join(root, "home"), LC_ALL: "C.UTF-8", TERM: "xterm-256color" };
// Reading extra certificates costs every Node process the same again and would flatter the ratio.
delete env.NODE_EXTRA_CA_CERTS;
delete env.CI;
// A project whose worker waits for tasks, as people have it.
spawnSync(process.execPath, [join(cli, "bin/pm.js"), "init"], { cwd: project, env });
writeFileSync(join(project, ".claude/repl.json"), JSON.stringify({ provider: "replay:none.json" }));
const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs node on a terminal of 80 × 24. @returns what it wrote into the file that it is given. */
function onTerminal(args, more = {}) {
  const target = join(root, "found.json");
  rmSync(target, { force: true });
  const line = `stty cols 80 rows 24; exec ${[process.execPath, ...args].map(quoted).join(" ")}`;
  return new Promise((resolve, reject) => {
    const child = spawn("script", ["-q", "-c", line, "/dev/null"], {
      env: { ...env, PM_BENCH_PROBE: target, ...more },
      cwd: project,
      stdio: ["pipe", "ignore", "inherit"],
    });
    child.on("error", reject);
    child.on("close", () => {
      if (existsSync(target)) resolve(JSON.parse(readFileSync(target, "utf8")));
      else reject(new Error(`${args.join(" ")} told nothing`));
    });
  });
}

/** CPU milliseconds of a whole run of Node that does nothing. */
function bareMs() {
  const script = 'TIMEFORMAT="%U %S"; time "$0" -e 0';
  const { stderr } = spawnSync("bash", ["-c", script, process.execPath], {
    env: { ...env, LC_ALL: "C" },
    encoding: "utf8",
  });
  const [user, system] = stderr.trim().split(" ").map(Number);
  return (user + system) * 1000;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const rows = [];
const judge = (what, goal, measured, met) => rows.push({ what, goal, measured, met });

/** `pm repl` itself. */
async function measurePrompt() {
  const repl = [
    "--import",
    pathToFileURL(path("./support/repl-probe.mjs")).href,
    join(cli, "bin/pm.js"),
    "repl",
  ];
  const bare = [];
  const prompt = [];
  for (let round = -2; round < rounds; round++) {
    const ms = bareMs();
    const { promptMs } = await onTerminal(repl);
    // The first rounds fill the caches.
    if (round >= 0) bare.push(ms) && prompt.push(promptMs);
  }
  const ratio = median(prompt) / median(bare);
  const measured = `${ratio.toFixed(2)} × (${median(prompt).toFixed(0)} ms)`;
  judge(
    "CPU of `pm repl` until its prompt",
    `≤ ${GOALS.prompt} × \`node -e 0\``,
    measured,
    ratio <= GOALS.prompt,
  );
  const { idleShare } = await onTerminal(repl, { PM_BENCH_IDLE_MS: String(IDLE_MS) });
  const share = `${(idleShare * 100).toFixed(2)} %`;
  judge("CPU of a waiting prompt, 10 s", `< ${GOALS.idle * 100} %`, share, idleShare < GOALS.idle);
}

/** Its screen alone. */
async function measureScreen() {
  const outdir = join(root, "built");
  await build({
    entryPoints: [path("../../apps/cli/src/repl/ui/run-terminal.ts")],
    ...{
      bundle: true,
      platform: "node",
      format: "esm",
      outdir,
      splitting: true,
      logLevel: "error",
      jsx: "automatic",
    },
    outExtension: { ".js": ".mjs" },
    alias: {
      "@pm/core": path("../../packages/core/src/index.ts"),
      "@pm/queue": path("../../packages/queue/src/index.ts"),
    },
    external: ["react-devtools-core", "@photostructure/sqlite"],
    mainFields: ["module", "main"],
    banner: {
      js: 'import { createRequire as make } from "node:module"; const require = make(import.meta.url);',
    },
    define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  });
  const feed = (...args) =>
    onTerminal([
      "--expose-gc",
      path("./support/repl-feed.mjs"),
      pathToFileURL(join(outdir, "run-terminal.mjs")).href,
      join(root, "found.json"),
      ...args,
    ]);
  const run = await feed("300", "50", "3");
  judge("bytes of a run of 300 updates", `≤ ${GOALS.bytes}`, String(run.bytes), run.bytes <= GOALS.bytes);
  judge("erasures of the screen or the scrollback", "0", String(run.erasures), run.erasures === 0);
  const long = await feed("2000", "10", "100");
  const grown = long.lateMb / long.earlyMb - 1;
  const measured = `${(grown * 100).toFixed(1)} % (${long.lateMb.toFixed(0)} MB)`;
  judge("memory, 2,000 events, 200,000 log lines", "± 10 %", measured, Math.abs(grown) <= GOALS.memory);
}

try {
  await measurePrompt();
  await measureScreen();
  console.log("| what | goal | measured | |\n|---|---|---|---|");
  for (const row of rows) {
    reportRow(row);
    console.log(`| ${row.what} | ${row.goal} | ${row.measured} | ${row.met ? "met" : "**missed**"} |`);
  }
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
