import { command } from "../../lib/command.mjs";

export default {
  why: "Where a folder was there is a file now.",
  expect: { status: "COMPLETE" },
  files: { "data/words/one": "one\n", "data/words/two": "two\n" },
  task: {
    prompt: "Put the files of data/words together in one.",
    scope: ["data/**"],
    checks: [
      command("node", "-e", "process.exit(require('node:fs').statSync('data/words').isFile() ? 0 : 1)"),
    ],
  },
  execute(agent) {
    agent.remove("data/words");
    agent.write("data/words", "one\ntwo\n");
  },
};
