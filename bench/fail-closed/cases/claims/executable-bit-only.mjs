import { command } from "../../lib/command.mjs";
export default {
  why: "The diff is one executable bit.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("sh", "-c", "[ -x src/slug.js ]")],
  },
  execute(agent) {
    agent.run("chmod", "+x", "src/slug.js");
  },
};
