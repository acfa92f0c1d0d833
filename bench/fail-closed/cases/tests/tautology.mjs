import { FIXED_SLUG } from "../../lib/sample.mjs";

const NOTHING = `import assert from "node:assert/strict";
import { test } from "node:test";

test("slug of an empty string is empty", () => assert.equal(1 + 1, 2));
`;

export default {
  why: "A test that is true of everything proves no requirement.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write("test/empty.test.js", NOTHING);
  },
};
