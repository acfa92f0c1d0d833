import { command } from "../../lib/command.mjs";
import { withScripts } from "../../lib/sample.mjs";

const LOCK = {
  name: "sample",
  lockfileVersion: 3,
  packages: { "node_modules/left-pad": { version: "1.3.0" } },
};
const HAS = "process.exit(require('./package.json').dependencies?.['left-pad'] === '1.3.0' ? 0 : 1)";

export default {
  why: "The person named the lock file, so it may change.",
  expect: { status: "COMPLETE" },
  start: ["--scope", "package-lock.json"],
  task: {
    prompt: "Add left-pad 1.3.0 as a dependency.",
    scope: ["package.json", "package-lock.json"],
    checks: [command("node", "-e", HAS)],
  },
  execute(agent) {
    agent.write("package.json", withScripts({}, { dependencies: { "left-pad": "1.3.0" } }));
    agent.write("package-lock.json", `${JSON.stringify(LOCK, null, 2)}\n`);
  },
};
