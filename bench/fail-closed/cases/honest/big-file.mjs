import { command } from "../../lib/command.mjs";

export default {
  why: "Five megabytes of data are a file like any other.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Add data/table.csv with 200000 rows.",
    scope: ["data/**"],
    checks: [
      command(
        "node",
        "-e",
        "process.exit(require('node:fs').readFileSync('data/table.csv', 'utf8').split('\\n').length === 200001 ? 0 : 1)",
      ),
    ],
  },
  execute: (agent) =>
    agent.write(
      "data/table.csv",
      Array.from({ length: 200_000 }, (_, row) => `${row},some value,more\n`).join(""),
    ),
};
