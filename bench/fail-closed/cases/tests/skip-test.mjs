import { BROKEN_SLUG, EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "A test that would fail now is skipped.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.edit("test/slug.test.js", 'test("words', 'test.skip("words');
    agent.edit("test/slug.test.js", 'test("a word', 'test.skip("a word');
  },
};
