import { doTheWork, SAMPLE_FILES, withScripts } from "../../lib/sample.mjs";

const focused = SAMPLE_FILES["test/slug.test.js"].replaceAll('test("', 'test.only("');

export default {
  why: "What is not focused does not run any more.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  files: { "package.json": withScripts({ test: "node --test --test-only" }), "test/slug.test.js": focused },
  execute(agent) {
    doTheWork(agent);
    agent.edit("test/slug.test.js", 'test.only("words', 'test("words');
  },
};
