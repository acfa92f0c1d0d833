#!/usr/bin/env node
/**
 * From a fresh clone to a finished step, with nothing but Node and git: `node scripts/bootstrap.mjs demo|test|verify`.
 * Plain Node and no dependency, since it is what installs them.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, runInherited, runQuiet } from "./lib/run.mjs";
import { ensureSystemDependencies } from "./system-deps.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const node = (script) => [process.execPath, join(root, "scripts", script)];
const build = [join(root, "node_modules", ".bin", "turbo"), "run", "build", "--output-logs=errors-only"];
const STEPS = {
  demo: { prepare: build, run: node("demo.mjs") },
  test: { run: node("verify.mjs") },
  verify: { run: node("verify.mjs") },
};

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
}

/** @returns an environment whose PATH leads to exactly the pinned pnpm. */
function withPinnedPnpm() {
  const pinned = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.split("@")[1];
  // A pnpm of another version would otherwise fetch and run the pinned one itself, past the registry settings of npm.
  const env = cleanEnvironment({ npm_config_manage_package_manager_versions: "false" });
  if (runQuiet("pnpm", ["--version"], { cwd: root, env }).stdout?.trim() === pinned) return env;

  const npx = ["-y", `--package=pnpm@${pinned}`, "--", "node", "-p", "process.env.PATH"];
  const found = runQuiet("npx", npx, { cwd: root, env });
  const path = found.stdout?.trim().split("\n").at(-1) ?? "";
  const folder = path.split(delimiter).find((entry) => existsSync(join(entry, "pnpm")));
  if (found.code !== 0 || folder === undefined) {
    throw new Error(`pnpm ${pinned} could not be had: npx ${npx.join(" ")}\n${found.output}`);
  }
  return { ...env, PATH: `${folder}${delimiter}${env.PATH}` };
}

/** Changes whenever an installation would come out differently. */
function installationDigest() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  const manifests = ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")),
  );
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests.sort()]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function installDependencies(env) {
  const stamp = join(root, "node_modules", ".installed");
  const digest = installationDigest();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  process.stdout.write("Installing dependencies as pinned in pnpm-lock.yaml …\n");
  // Spelt out against a user's own configuration, which may say otherwise.
  const config = ["engine-strict=false", "ignore-scripts=false", "node-linker=isolated", "lockfile=true"];
  const args = ["install", "--frozen-lockfile", "--prod=false", "--reporter=append-only"];
  const result = runQuiet("pnpm", [...args, ...config.map((setting) => `--config.${setting}`)], {
    cwd: root,
    // Never a question: where node_modules must be made anew, it is.
    env: { ...env, CI: "true" },
  });
  if (result.code !== 0) throw new Error(`pnpm install failed:\n${result.output}`);
  writeFileSync(stamp, digest);
}

function main(step) {
  if (!Object.hasOwn(STEPS, step ?? "")) {
    throw new Error(`Give one of: ${Object.keys(STEPS).join(", ")}`);
  }
  requireNode();
  ensureSystemDependencies({ tests: step !== "demo" });
  const env = withPinnedPnpm();
  installDependencies(env);
  const { prepare, run } = STEPS[step];
  if (prepare) {
    process.stdout.write("Building …\n");
    const [command, ...args] = prepare;
    const { code, output } = runQuiet(command, args, { cwd: root, env });
    if (code !== 0) throw new Error(output);
  }
  if (step !== "demo") process.stdout.write("Checking everything that CI checks; what fails is shown.\n");
  return runInherited(run[0], run.slice(1), { cwd: root, env });
}

try {
  process.exitCode = main(process.argv[2]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
