import { command } from "../../lib/command.mjs";

export default {
  why: "Where a file was there is a folder now.",
  expect: { status: "COMPLETE" },
  files: { "data/words": "one\ntwo\n" },
  task: {
    prompt: "Split data/words into one file a word.",
    scope: ["data/**"],
    checks: [command("node", "-e", "process.exit(require('node:fs').existsSync('data/words/one') ? 0 : 1)")],
  },
  execute(agent) {
    agent.remove("data/words");
    agent.write("data/words/one", "one\n");
    agent.write("data/words/two", "two\n");
  },
};
