import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "A stub that is handed to another function before it has a name, and a test that wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt:
      "Add a function `count(text)` in src/count.js that counts the words of a text, and remembers what it counted.",
    checks: [command("node", "--test", "test/count.test.js")],
  },
  execute(agent) {
    agent.write(
      "src/count.js",
      "const remember = (count) => (text) => count(text);\n\nexport const count = remember((text) => 0);\n",
    );
    agent.write(
      "test/count.test.js",
      nodeTests(
        'import { count } from "../src/count.js";',
        'test("count can be called", () => assert.equal(typeof count, "function"));',
      ),
    );
  },
};
