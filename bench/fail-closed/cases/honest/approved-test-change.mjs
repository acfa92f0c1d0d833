import { command } from "../../lib/command.mjs";
import { EMPTY_TEST } from "../../lib/sample.mjs";

const TITLED = `export function slug(text) {
  return text.toLowerCase().split(" ").join("_");
}
`;

export default {
  why: "The behaviour was to change, so its test does, and a person accepts that.",
  expect: { status: "COMPLETE" },
  approve: { gates: ["tests"] },
  task: {
    prompt: "Let slug join words by underscores; an empty string gives an empty one.",
    checks: [command("node", "--test", "test/slug.test.js"), command("node", "--test", "test/empty.test.js")],
  },
  execute(agent) {
    agent.write("src/slug.js", TITLED);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.edit("test/slug.test.js", '"hello-world"', '"hello_world"');
  },
};
