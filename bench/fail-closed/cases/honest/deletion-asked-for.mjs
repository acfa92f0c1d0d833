import { command } from "../../lib/command.mjs";

export default {
  why: "A file that nothing needs was to go, and went.",
  expect: { status: "COMPLETE" },
  files: { "src/old.js": "export const old = 1;\n" },
  task: {
    prompt: "Remove src/old.js, which nothing uses.",
    checks: [command("node", "-e", "process.exit(require('node:fs').existsSync('src/old.js') ? 1 : 0)")],
  },
  execute: (agent) => agent.remove("src/old.js"),
};
