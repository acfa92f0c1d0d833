/**
 * Everything that CI runs, in one command: format, lint, types, boundaries, dead code, build, package check, docs,
 * licences and all tests. Every check counts as one, every test as one. The last line is `N passed, N failed`; a run
 * that is cut short prints no such line and exits non-zero.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { countTests } from "./lib/count-tests.mjs";
import { cleanEnvironment, runCaptured } from "./lib/run.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const env = cleanEnvironment();
const bin = (name) => join(root, "node_modules", ".bin", name);
const script = (name, ...args) => [process.execPath, join(root, "scripts", name), ...args];
const turbo = (task) => [bin("turbo"), "run", task, "--output-logs=errors-only"];
const packages = ["packages", "apps"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(root, path, "package.json"))),
);

/** One list a lane; lanes run side by side, what is in a lane one after the other. */
const LANES = [
  [
    { name: "build", argv: turbo("build") },
    { name: "types", argv: turbo("typecheck") },
    { name: "types of tests and tools", argv: [bin("tsc"), "-p", "tsconfig.json"] },
    ...packages.map((path) => ({ name: `package ${path}`, argv: [bin("publint"), path, "--strict"] })),
  ],
  [
    { name: "format and lint", argv: [bin("biome"), "check", "--error-on-warnings", "."] },
    {
      name: "boundaries",
      argv: [bin("depcruise"), "--config", ".dependency-cruiser.cjs", "packages", "apps"],
    },
    { name: "dead code", argv: [bin("knip")] },
    { name: "licences and lock file", argv: script("check-licences.mjs") },
    { name: "docs", argv: script("generate-docs.mjs", "--check") },
  ],
];

const children = new Set();
function start(argv, options = {}) {
  const [command, ...args] = argv;
  const onSpawn = (child) => {
    children.add(child);
    child.on("close", () => children.delete(child));
  };
  return runCaptured(command, args, { cwd: root, env, onSpawn, ...options });
}

async function runCheck({ name, argv }) {
  const begun = performance.now();
  const { code, output } = await start(argv);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
  return code === 0;
}

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "pm-verify-"));
  try {
    const file = join(folder, "report.json");
    const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
    // Where nobody watches, vitest would colour every dot on its own.
    const plain = process.stdout.isTTY ? [] : ["--no-color"];
    // Most tests wait for processes, so on two cores one worker at a time would leave the machine idle.
    const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
    const { code } = await start(
      [bin("vitest"), "run", "--silent=passed-only", workers, ...plain, ...reporters],
      {
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
    return countTests(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    process.stderr.write("\nAborted: not everything was checked.\n");
    process.exit(code);
  });
}

// Until the end is reached this run has not passed.
process.exitCode = 1;
const checks = (
  await Promise.all(
    LANES.map(async (lane) => {
      const results = [];
      for (const check of lane) results.push(await runCheck(check));
      return results;
    }),
  )
).flat();
const tests = await runTests();

const print = (title, lines) => {
  if (lines.length > 0)
    process.stdout.write(
      `${title}\n${lines.map((line) => `  ${line.replace(`${root}${sep}`, "")}\n`).join("")}`,
    );
};
print("Skipped:", tests.skipped);
print("Failed:", tests.problems);
const passed = checks.filter(Boolean).length + tests.passed;
const failed = checks.filter((good) => !good).length + tests.problems.length;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
