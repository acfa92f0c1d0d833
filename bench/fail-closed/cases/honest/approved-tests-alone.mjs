import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "Tests were asked for, of what is there: they pass on the base, so a person says whether they are what was wanted.",
  expect: { status: "COMPLETE" },
  approve: { gates: ["requirements"], codes: ["E242"] },
  task: {
    prompt: "slug has no test for longer texts. Add some.",
    checks: [command("node", "--test", "test/longer.test.js")],
  },
  execute(agent) {
    agent.write(
      "test/longer.test.js",
      nodeTests(
        'import { slug } from "../src/slug.js";',
        'test("three words", () => assert.equal(slug("A b C"), "a-b-c"));',
      ),
    );
  },
};
