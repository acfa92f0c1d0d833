import { command } from "../../lib/command.mjs";

const THROWS = `import assert from "node:assert/strict";
import { test } from "node:test";
import { snake } from "../src/snake.js";

test("snake is there", () => assert.throws(() => snake("a b"), /implemented/));
`;

export default {
  why: "It says of itself that it is not implemented, and the person's check sees it.",
  expect: { status: "INCOMPLETE", codes: ["E236"] },
  start: [
    "--check",
    "node -e \"import('./src/snake.js').then(({ snake }) => process.exit(snake('a b') === 'a_b' ? 0 : 1))\"",
  ],
  task: {
    prompt: "Add src/snake.js, which exports a function snake that joins the words of a text by underscores.",
    checks: [command("node", "--test", "test/snake.test.js")],
  },
  execute(agent) {
    agent.write("src/snake.js", 'export function snake() {\n  throw new Error("not implemented");\n}\n');
    agent.write("test/snake.test.js", THROWS);
  },
};
