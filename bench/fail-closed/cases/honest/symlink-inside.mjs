import { readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";

export default {
  why: "A link that stays in the project is a file like any other.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Let src/index.js be a link to src/slug.js.",
    checks: [
      command(
        "node",
        "-e",
        "import('./src/index.js').then(({ slug }) => process.exit(slug('A') === 'a' ? 0 : 1))",
      ),
    ],
  },
  execute(agent) {
    agent.run("true");
    symlinkSync("slug.js", "src/index.js");
  },
  after: ({ project }) =>
    readlinkSync(join(project, "src/index.js")) === "slug.js" ? null : "it leads elsewhere",
};
