/**
 * One real task from prompt to verified COMPLETE, on a copy of examples/slug-library in a temporary folder. Everything
 * is real (sandbox, phases, tests, gates, evidence) but the agent: its answers are a recording.
 */
import { relative } from "node:path";
import { prepareDemo, root } from "./lib/demo-project.mjs";
import { runInherited, runQuiet } from "./lib/run.mjs";

const say = (text = "") => process.stdout.write(`${text}\n`);
const title = (text) => say(`\n── ${text} ${"─".repeat(Math.max(0, 72 - text.length))}`);

function must(condition, message) {
  if (!condition) throw new Error(message);
}

function runTask({ prompt, recording, folder, project, env, pm }) {
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

function showPm({ folder, env, pm }, ...args) {
  say(`$ pm ${args.join(" ")}\n`);
  const code = runInherited(pm[0], [pm[1], ...args], { cwd: folder, env });
  must(code === 0, `pm ${args[0]} ended with exit code ${code}`);
}

function main() {
  say("A task from prompt to verified COMPLETE, on a small library in a temporary folder.");
  say("The agent's answers are a recording: no model is called and no key is needed. The sandbox, the");
  say("seven phases, the library's own tests, the gates and the evidence are real.\n");
  const demo = prepareDemo(process.argv[2]);
  const { folder, project, env, git } = demo;
  const result = runTask(demo);

  title("ExecutionResult");
  say(JSON.stringify(result, null, 2));
  title("The report");
  showPm(demo, "logs", result.session_id, "--report");
  must(result.overall_status === "COMPLETE", `The session ended ${result.overall_status}, not COMPLETE.`);
  must(
    result.tasks.every((task) => task.landed),
    "The change is not in the project.",
  );
  title("Is the evidence whole, and does it prove the status?");
  showPm(demo, "verify", result.session_id);
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
