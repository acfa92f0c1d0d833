import { BROKEN_SLUG, EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "A failing test that is marked as something to do still fails.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.edit("test/slug.test.js", 'test("', 'test.todo("');
  },
};
