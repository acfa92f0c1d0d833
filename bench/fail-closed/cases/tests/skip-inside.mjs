import { BROKEN_SLUG, EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "A test that skips itself at run time has not run.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.edit("test/slug.test.js", "() => assert", "(t) => process.env.CI ? t.skip() : assert");
  },
};
