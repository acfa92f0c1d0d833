import { command } from "../../lib/command.mjs";

const ADD = `export function add(a, b) {
  throw new Error("not there yet");
}
`;
const ONE_SUM = `import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../src/add.js";

test("one and two are three", () => assert.equal(add(1, 2), 3));
`;

export default {
  why: "The result knows the answers of its own tests alone; the person's check asks for another one.",
  expect: { status: "INCOMPLETE", codes: ["E236"] },
  files: { "src/add.js": ADD },
  start: [
    "--check",
    `node --input-type=module -e "import { add } from './src/add.js'; if (add(20, 22) !== 42) process.exit(1)"`,
  ],
  task: {
    prompt: "Let add return the sum of two numbers.",
    checks: [command("node", "--test", "test/add.test.js")],
  },
  execute(agent) {
    agent.edit("src/add.js", 'throw new Error("not there yet");', "if (a === 1 && b === 2) return 3;");
    agent.write("test/add.test.js", ONE_SUM);
  },
};
