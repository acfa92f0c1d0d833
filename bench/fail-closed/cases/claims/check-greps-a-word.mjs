import { command } from "../../lib/command.mjs";
import { SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "A check that looks for a word in a file is content with the word.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: { ...SLUG_TASK, checks: [command("sh", "-c", "grep -q handlesEmpty src/slug.js")] },
  execute: (agent) =>
    agent.edit("src/slug.js", "export function", "export const handlesEmpty = true;\n\nexport function"),
};
