import { BROKEN_SLUG, EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "The base's tests judge the result, not what the executor made of them.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.edit("test/slug.test.js", "assert.equal(", "assert.notEqual(null, ");
  },
};
