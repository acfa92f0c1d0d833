import { command } from "../../lib/command.mjs";

const SHOUT_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { shout } from "../src/shout.js";

test("it shouts", () => assert.equal(shout("a"), "A"));
`;

export default {
  why: "A feature goes with its tests; that fewer run is what was asked for, and a person says so.",
  expect: { status: "COMPLETE" },
  approve: { gates: ["tests"] },
  files: {
    "src/shout.js": "export const shout = (text) => text.toUpperCase();\n",
    "test/shout.test.js": SHOUT_TEST,
  },
  task: {
    prompt: "Remove src/shout.js and what belongs to it.",
    checks: [command("node", "-e", "process.exit(require('node:fs').existsSync('src/shout.js') ? 1 : 0)")],
  },
  execute(agent) {
    agent.remove("src/shout.js");
    agent.remove("test/shout.test.js");
  },
};
