import { command } from "../../lib/command.mjs";

export default {
  why: "CommonJS: a stub in a file that takes a part of another module, and a test that wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Add a function `pathOf(name)` in src/path-of.cjs that gives the path of a page.",
    checks: [command("node", "--test", "test/path-of.test.cjs")],
  },
  execute(agent) {
    agent.write(
      "src/path-of.cjs",
      'const { join } = require("node:path");\n\nfunction pathOf(name) {\n  return "";\n}\n\nmodule.exports = { pathOf };\n',
    );
    agent.write(
      "test/path-of.test.cjs",
      'const assert = require("node:assert/strict");\nconst { test } = require("node:test");\nconst { pathOf } = require("../src/path-of.cjs");\n\ntest("pathOf", () => assert.equal(typeof pathOf, "function"));\n',
    );
  },
};
