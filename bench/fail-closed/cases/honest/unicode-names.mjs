import { command } from "../../lib/command.mjs";

const MODULE = "src/grüße/日本.js";

export default {
  why: "Names of files in any script.",
  expect: { status: "COMPLETE" },
  files: { "docs/naïve café.md": "x\n" },
  task: {
    prompt: "Add src/grüße/日本.js, which exports a greeting `hallo`.",
    checks: [command("node", "--test", "test/grüße.test.js")],
  },
  execute(agent) {
    agent.write(MODULE, "export function hallo() {\n  return 'hallo';\n}\n");
    agent.write(
      "test/grüße.test.js",
      `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { hallo } from "../${MODULE}";\n\ntest("es grüßt", () => assert.equal(hallo(), "hallo"));\n`,
    );
  },
};
