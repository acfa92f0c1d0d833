import { FIXED_SLUG, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "Tests read what they expect from a table, and a constant.",
  expect: { status: "COMPLETE" },
  task: SLUG_TASK,
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write(
      "test/empty.test.js",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

const NOTHING = "";
const CASES = [
  ["", ""],
  ["A b", "a-b"],
];
for (const [text, wanted] of CASES) test(\`slug of "\${text}"\`, () => assert.equal(slug(text), wanted));
test("empty stays empty", () => assert.equal(slug(""), NOTHING));
`,
    );
  },
};
