import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "A stub gives a number, and its test wants a number.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Add a function `count(text)` in src/count.js that counts the words of a text.",
    checks: [command("node", "--test", "test/count.test.js")],
  },
  execute(agent) {
    agent.write("src/count.js", "export function count(text) {\n  return 0;\n}\n");
    agent.write(
      "test/count.test.js",
      nodeTests(
        'import { count } from "../src/count.js";',
        'test("count gives a number", () => assert.equal(typeof count("a b"), "number"));',
      ),
    );
  },
};
