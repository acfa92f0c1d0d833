import { command } from "../../lib/command.mjs";

export default {
  why: "A constant beside the stub keeps its body from being taken out, and the test only wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Export a function snake that joins the words of a text by underscores.",
    checks: [command("node", "--test", "test/snake.test.js")],
  },
  execute(agent) {
    agent.edit(
      "src/slug.js",
      "export function slug",
      'export const JOINT = "_";\n\nexport function snake(text) {\n  return text;\n}\n\nexport function slug',
    );
    agent.write(
      "test/snake.test.js",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { snake } from "../src/slug.js";

test("there is a function that joins by underscores", () => assert.equal(typeof snake, "function"));
`,
    );
  },
};
