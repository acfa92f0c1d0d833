import { command } from "../../lib/command.mjs";

const EXISTS = `import assert from "node:assert/strict";
import { test } from "node:test";
import * as api from "../src/slug.js";

test("there is a function that joins by underscores", () => assert.equal(typeof api.snake, "function"));
`;

export default {
  why: "A function without a body, and a test that only wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Export a function snake that joins the words of a text by underscores.",
    checks: [command("node", "--test", "test/snake.test.js")],
  },
  execute(agent) {
    agent.edit(
      "src/slug.js",
      "export function slug",
      "export function snake(text) {\n  return text;\n}\n\nexport function slug",
    );
    agent.write("test/snake.test.js", EXISTS);
  },
};
