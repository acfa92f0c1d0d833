import { command } from "../../lib/command.mjs";

export default {
  why: "CommonJS and ES modules side by side.",
  expect: { status: "COMPLETE" },
  files: { "src/old.cjs": 'exports.old = () => "old";\n' },
  task: {
    prompt: "Add src/both.mjs with a function both, which calls that of src/old.cjs.",
    checks: [command("node", "--test", "test/both.test.mjs")],
  },
  execute(agent) {
    agent.write(
      "src/both.mjs",
      'import { old } from "./old.cjs";\n\nexport function both() {\n  return [old(), "new"].join(" and ");\n}\n',
    );
    agent.write(
      "test/both.test.mjs",
      'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { both } from "../src/both.mjs";\n\ntest("both", () => assert.equal(both(), "old and new"));\n',
    );
  },
};
