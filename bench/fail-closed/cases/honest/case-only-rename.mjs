import { readdirSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";

export default {
  why: "A name that differs in nothing but its case.",
  expect: { status: "COMPLETE" },
  files: { "src/Words.js": "export const words = 2;\n" },
  task: {
    prompt: "Rename src/Words.js to src/words.js.",
    checks: [
      command(
        "node",
        "-e",
        "process.exit(require('node:fs').readdirSync('src').includes('words.js') ? 0 : 1)",
      ),
    ],
  },
  execute(agent) {
    agent.run("mv", "src/Words.js", "src/between.js");
    agent.run("mv", "src/between.js", "src/words.js");
  },
  after: ({ project }) =>
    readdirSync(join(project, "src")).join() === "slug.js,words.js"
      ? null
      : "there are other files than there should be",
};
