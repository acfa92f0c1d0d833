import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
import { FIXED_SLUG, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "The base threw, the result returns what nobody asked for, and the new test only calls it.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: { ...SLUG_TASK, checks: [command("node", "--test", "test/empty.test.js")] },
  execute(agent) {
    agent.write(
      "src/slug.js",
      FIXED_SLUG.replace("  return text", '  if (text === "") return "none";\n  return text'),
    );
    agent.write(
      "test/empty.test.js",
      nodeTests(
        'import { slug } from "../src/slug.js";',
        'test("slug of an empty string", () => void slug(""));',
      ),
    );
  },
};
