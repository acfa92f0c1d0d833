import { command } from "../../lib/command.mjs";

const LOOK =
  "import('./src/slug.js').then(() => process.exit(require('node:fs').readFileSync('README.md','utf8').includes('## Usage') ? 0 : 1))";
export default {
  why: "Documentation was asked for, and code was changed beside it.",
  expect: { status: "INCOMPLETE" },
  start: ["--kind", "docs"],
  task: { prompt: "Describe the usage in the README.", scope: ["**"], checks: [command("node", "-e", LOOK)] },
  execute(agent) {
    agent.write("README.md", "# Sample\n\nMakes slugs.\n\n## Usage\n\nCall slug.\n");
    agent.edit("src/slug.js", 'join("-")', 'join("-").slice(0, 40)');
  },
};
