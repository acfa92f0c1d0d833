import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "A setting is to be off unless someone turns it on; the test says `ok(!debug)`.",
  expect: { status: "COMPLETE" },
  files: { "src/settings.js": "export const debug = true;\n" },
  task: {
    prompt: "Debugging in src/settings.js should be off by default.",
    checks: [command("node", "--test", "test/settings.test.js")],
  },
  execute(agent) {
    agent.write("src/settings.js", "export const debug = false;\n");
    agent.write(
      "test/settings.test.js",
      nodeTests(
        'import { debug } from "../src/settings.js";',
        'test("no debugging", () => assert.ok(!debug));',
      ),
    );
  },
};
