import { command } from "../../lib/command.mjs";

const HAS =
  "process.exit(require('node:fs').readFileSync('.github/workflows/ci.yml', 'utf8').includes('24') ? 0 : 1)";

export default {
  why: "What is protected may change where the person named it.",
  expect: { status: "COMPLETE" },
  files: { ".github/workflows/ci.yml": "on: push\nnode: [20]\n" },
  start: ["--scope", ".github/workflows/ci.yml"],
  task: {
    prompt: "Let the CI run on Node 24, too.",
    scope: [".github/**"],
    checks: [command("node", "-e", HAS)],
  },
  execute: (agent) => agent.edit(".github/workflows/ci.yml", "[20]", "[20, 24]"),
};
