import { command } from "../../lib/command.mjs";
export default {
  why: "No code was changed, and a program of the check's own looks at a note.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["NOTES.md"],
    checks: [command("node", "-e", 'process.exit(require("fs").existsSync("NOTES.md") ? 0 : 1)')],
  },
  execute(agent) {
    agent.write("NOTES.md", "An empty string gives an empty string.\n");
  },
};
