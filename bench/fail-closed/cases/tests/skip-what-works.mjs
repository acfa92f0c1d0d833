import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A skipped test of the base is a test less, though it would pass.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    doTheWork(agent);
    agent.edit("test/slug.test.js", 'test("a word', 'test.skip("a word');
  },
};
