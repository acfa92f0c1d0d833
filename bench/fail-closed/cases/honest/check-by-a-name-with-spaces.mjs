import { nodeTests } from "../../lib/node-tests.mjs";
import { FIXED_SLUG, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "A test is named as jest, mocha and `-t` name it: the suite and its title with a space between.",
  expect: { status: "COMPLETE" },
  task: { ...SLUG_TASK, checks: [{ type: "test", name: "slug of an empty string is empty" }] },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write(
      "test/empty.test.js",
      nodeTests(
        'import { describe } from "node:test";\nimport { slug } from "../src/slug.js";',
        'describe("slug", () => {\n  test("of an empty string is empty", () => assert.equal(slug(""), ""));\n});',
      ),
    );
  },
};
