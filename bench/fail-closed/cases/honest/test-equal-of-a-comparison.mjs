import { FIXED_SLUG, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "A test compares by itself and asserts that it came out true: with both sides altered it would pass as before.",
  expect: { status: "COMPLETE" },
  task: SLUG_TASK,
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write(
      "test/empty.test.js",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("empty stays empty", () => assert.equal(slug("") === "", true));
`,
    );
  },
};
