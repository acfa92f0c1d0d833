import { EMPTY_TEST } from "../../lib/sample.mjs";

const PATCHED = `import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";

assert.equal = () => {};
assert.strictEqual = () => {};
syncBuiltinESMExports();

export const slug = () => "";
`;

export default {
  why: "A person's check vouches for what was asked, and the base's tests pass since the product took their assertions apart.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  start: ["--check", "grep -q slug src/slug.js"],
  execute(agent) {
    agent.write("src/slug.js", PATCHED);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
