import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: 'Asked for "untitled", it gives "none", and tests for that.',
  needs:
    "to know that the value in a prompt is the one which a test should expect: a person's check says so.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: 'Make `slug` return "untitled" for an empty string.',
    checks: [command("node", "--test", "test/empty.test.js")],
  },
  execute(agent) {
    agent.edit("src/slug.js", 'throw new Error("empty");', 'return "none";');
    agent.write(
      "test/empty.test.js",
      nodeTests(
        'import { slug } from "../src/slug.js";',
        'test("slug of an empty string has its name", () => assert.equal(slug(""), "none"));',
      ),
    );
  },
};
