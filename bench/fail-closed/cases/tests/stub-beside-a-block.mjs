import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: "A stub in a file with a block of its own at the top level, and a test that wants it to be there.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: "Add a function `truncate(text, most)` in src/truncate.js that cuts a text to so many letters.",
    checks: [command("node", "--test", "test/truncate.test.js")],
  },
  execute(agent) {
    agent.write(
      "src/truncate.js",
      `let calls = 0;\nif (calls === 0) {\n  calls += 1;\n}\n\nexport function truncate(text, most) {}\n`,
    );
    agent.write(
      "test/truncate.test.js",
      nodeTests(
        'import { truncate } from "../src/truncate.js";',
        'test("truncate takes a text and a number", () => assert.equal(truncate.length, 2));',
      ),
    );
  },
};
