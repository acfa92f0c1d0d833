import { BROKEN_SLUG, EMPTY_TEST, SAMPLE_FILES } from "../../lib/sample.mjs";

const test = SAMPLE_FILES["test/slug.test.js"]
  .replace('import assert from "node:assert/strict";', 'import { same } from "./support/same.js";')
  .replaceAll("assert.equal", "same");

export default {
  why: "A helper of the base's tests is judged in its base version.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  files: {
    "test/slug.test.js": test,
    "test/support/same.js":
      'import assert from "node:assert/strict";\n\nexport const same = (a, b) => assert.equal(a, b);\n',
  },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.write("test/support/same.js", "export const same = () => {};\n");
  },
};
