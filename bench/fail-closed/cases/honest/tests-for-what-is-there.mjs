export default {
  why: "A test that passes on the base proves nothing by itself; the person's check says that it is there and runs.",
  expect: { status: "COMPLETE" },
  start: ["--check", "node --test test/more.test.js"],
  task: { prompt: "Add a test for three words.", checks: [] },
  execute: (agent) =>
    agent.write(
      "test/more.test.js",
      `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { slug } from "../src/slug.js";\n\ntest("three words", () => assert.equal(slug("A b C"), "a-b-c"));\n`,
    ),
};
