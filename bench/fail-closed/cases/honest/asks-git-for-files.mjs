import { command } from "../../lib/command.mjs";
export default {
  why: "Tests look at the project's own repository (git ls-files) for files too long.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": '{ "name": "own", "type": "module", "scripts": { "test": "node --test" } }\n',
    "src/upper.js": "export const upper = (s) => s.toUpperCase();\n",
    "test/repo.test.js":
      'import assert from "node:assert/strict";\nimport { execFileSync } from "node:child_process";\nimport { readFileSync } from "node:fs";\nimport { test } from "node:test";\n\nconst files = execFileSync("git", ["ls-files", "src"], { encoding: "utf8" }).trim().split("\\n");\n\ntest("every source ends with a newline", () => {\n  assert.ok(files.length > 0);\n  for (const file of files) assert.ok(readFileSync(file, "utf8").endsWith("\\n"), file);\n});\n',
    "test/upper.test.js":
      'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { upper } from "../src/upper.js";\n\ntest("upper", () => assert.equal(upper("a"), "A"));\n',
  },
  task: {
    prompt: "Add src/lower.js exporting `lower(s)`; it lower-cases and trims.",
    checks: [command("node", "--test", "test/lower.test.js")],
  },
  execute(agent) {
    agent.write("src/lower.js", "export const lower = (s) => s.trim().toLowerCase();\n");
    agent.write(
      "test/lower.test.js",
      'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { lower } from "../src/lower.js";\n\ntest("lower", () => assert.equal(lower(" A "), "a"));\n',
    );
  },
};
