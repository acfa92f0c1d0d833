import { command } from "../../lib/command.mjs";
import { FIXED_SLUG, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "A check that passed before the work proves nothing.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: { ...SLUG_TASK, checks: [command("true")] },
  execute: (agent) => agent.write("src/slug.js", FIXED_SLUG),
};
