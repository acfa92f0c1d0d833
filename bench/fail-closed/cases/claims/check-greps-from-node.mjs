import { command } from "../../lib/command.mjs";
import { SLUG_TASK } from "../../lib/sample.mjs";

const LOOK =
  "process.exit(require('node:fs').readFileSync('src/slug.js', 'utf8').includes('handlesEmpty') ? 0 : 1)";

export default {
  why: "The same look for a word, by a program of the check's own.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: { ...SLUG_TASK, checks: [command("node", "-e", LOOK)] },
  execute: (agent) =>
    agent.edit("src/slug.js", "export function", "export const handlesEmpty = true;\n\nexport function"),
};
