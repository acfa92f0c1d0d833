/**
 * One real task from prompt to verified COMPLETE, on a copy of examples/slug-library in a temporary folder. Everything
 * is real (sandbox, phases, tests, gates, evidence) but the agent: its answers are a recording.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, runInherited, runQuiet } from "./lib/run.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const recording = process.argv[2] ?? join(root, "examples", "recordings", "slug-library.json");
const [{ prompt }] = JSON.parse(readFileSync(recording, "utf8")).tasks;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-demo-")));
const project = join(folder, "slug-library");
const env = cleanEnvironment({ PM_HOME: join(folder, "home") });
const pm = [process.execPath, join(root, "apps", "cli", "bin", "pm.js")];

const say = (text = "") => process.stdout.write(`${text}\n`);
const title = (text) => say(`\n── ${text} ${"─".repeat(Math.max(0, 72 - text.length))}`);

function must(condition, message) {
  if (!condition) throw new Error(message);
}

function git(...args) {
  const ours = ["-c", "user.name=Demo", "-c", "user.email=demo@localhost", "-c", "commit.gpgsign=false"];
  const { code, output, stdout } = runQuiet("git", [...ours, "-c", "core.hooksPath=/dev/null", ...args], {
    cwd: project,
    env,
  });
  must(code === 0, `git ${args[0]} failed: ${output}`);
  return stdout;
}

function prepareProject() {
  mkdirSync(env.PM_HOME);
  cpSync(join(root, "examples", "slug-library"), project, { recursive: true });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "slug-library 1.4.0");
}

function runTask() {
  const args = ["start", prompt, "--project", project, "--provider", "replay", "--recording", recording];
  say(`$ pm start '${prompt}' \\`);
  say(`     --project ${project} --provider replay --recording ${relative(root, recording)}\n`);
  const { stdout } = runQuiet(pm[0], [pm[1], ...args, "--json"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  must(stdout.trim() !== "", "pm start printed no ExecutionResult");
  return JSON.parse(stdout);
}

function showPm(...args) {
  say(`$ pm ${args.join(" ")}\n`);
  const code = runInherited(pm[0], [pm[1], ...args], { cwd: folder, env });
  must(code === 0, `pm ${args[0]} ended with exit code ${code}`);
}

function main() {
  say("A task from prompt to verified COMPLETE, on a small library in a temporary folder.");
  say("The agent's answers are a recording: no model is called and no key is needed. The sandbox, the");
  say("seven phases, the library's own tests, the gates and the evidence are real.\n");
  prepareProject();
  const result = runTask();

  title("ExecutionResult");
  say(JSON.stringify(result, null, 2));
  title("The report");
  showPm("logs", result.session_id, "--report");
  must(result.overall_status === "COMPLETE", `The session ended ${result.overall_status}, not COMPLETE.`);
  must(
    result.tasks.every((task) => task.landed),
    "The change is not in the project.",
  );
  title("Is the evidence whole, and does it prove the status?");
  showPm("verify", result.session_id);
  title("The change, in the working tree and not committed");
  git("add", "--intent-to-add", ".");
  say(git("diff", "--stat").trimEnd());
  title("The library's own tests, run there");
  say("$ npm test\n");
  const tests = runQuiet("npm", ["test", "--silent"], { cwd: project, env });
  const counts = tests.output.match(/^(?:#|ℹ) (?:pass|fail) \d+$/gm) ?? [];
  say(tests.code === 0 ? counts.join("\n") : tests.output);
  must(tests.code === 0, "The tests failed.");

  say(`\nThe session ended ${result.overall_status}. To look around: cd ${project}`);
  say(`Afterwards: rm -r ${folder}`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error.message}\n`);
  process.exitCode = 1;
}
