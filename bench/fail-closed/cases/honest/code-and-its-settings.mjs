import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A setting in a JSON file, read by the code; a requirement for each.",
  expect: { status: "COMPLETE" },
  files: { "config/defaults.json": '{ "separator": "-" }\n' },
  task: {
    prompt:
      'Make `slug` return an empty string for an empty string. Also add "maxLength": 80 to config/defaults.json.',
    requirements: [
      "Make `slug` return an empty string for an empty string.",
      'Add "maxLength": 80 to config/defaults.json.',
    ],
    scope: ["src/**", "test/**", "config/**"],
    checks: [
      command("node", "--test", "test/empty.test.js"),
      {
        requirement: "R2",
        ...command("node", "-e", "process.exit(require('./config/defaults.json').maxLength === 80 ? 0 : 1)"),
      },
    ],
  },
  execute(agent) {
    doTheWork(agent);
    agent.write("config/defaults.json", '{ "separator": "-", "maxLength": 80 }\n');
  },
};
