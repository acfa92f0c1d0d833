import { command } from "../../lib/command.mjs";

const COUNT = "process.exit(require('node:fs').readdirSync('data').length === 20 ? 0 : 1)";

export default {
  why: "As many files as the limit allows.",
  expect: { status: "COMPLETE" },
  settings: { qa: { commands: ["node --test"] }, task_limits: { files: 20 } },
  task: { prompt: "Add twenty files of data.", scope: ["data/**"], checks: [command("node", "-e", COUNT)] },
  execute(agent) {
    for (let index = 0; index < 20; index += 1) agent.write(`data/part-${index}.json`, `${index}\n`);
  },
};
