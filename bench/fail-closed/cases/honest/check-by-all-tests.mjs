import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A new test file, and the check is npm test.",
  expect: { status: "COMPLETE" },
  settings: {},
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("npm", "test")],
  },
  execute: doTheWork,
};
