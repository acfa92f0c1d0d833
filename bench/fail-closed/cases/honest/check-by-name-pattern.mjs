import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A check that runs one test by its name through the project's own command.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("node", "--test", "--test-name-pattern", "slug of an empty string is empty")],
  },
  execute: doTheWork,
};
