import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Code and its documentation: the README requirement has a file check.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string, and mention that in README.md.",
    requirements: [
      "`slug` returns an empty string for an empty string.",
      "README.md mentions that an empty string gives an empty string.",
    ],
    scope: ["src/**", "test/**", "README.md"],
    checks: [
      command("node", "--test", "test/empty.test.js"),
      { requirement: "R2", type: "file", path: "README.md", contains: "empty string" },
    ],
  },
  execute(agent) {
    doTheWork(agent);
    agent.write("README.md", "# Sample\n\nMakes slugs. The slug of an empty string is an empty string.\n");
  },
};
