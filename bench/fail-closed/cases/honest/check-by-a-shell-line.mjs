import { command } from "../../lib/command.mjs";
export default {
  why: "A CLI gets --version and an error for unknown flags with exit code 2; tests spawn it.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json":
      '{ "name": "greeter", "version": "1.4.2", "bin": { "greet": "bin/greet.js" }, "scripts": { "test": "node --test" } }\n',
    "bin/greet.js":
      '#!/usr/bin/env node\n"use strict";\nconst [name = "world"] = process.argv.slice(2);\nconsole.log("Hello " + name);\n',
    "test/cli.test.js": `const test = require("node:test");
const assert = require("node:assert");
const { execFileSync } = require("node:child_process");
const path = require("node:path");
const bin = path.join(__dirname, "..", "bin", "greet.js");

test("greets", () => {
  assert.strictEqual(execFileSync("node", [bin, "Ada"], { encoding: "utf8" }), "Hello Ada\\n");
});
`,
  },
  task: {
    prompt:
      "Add to bin/greet.js:\n- `--version` prints the version of package.json\n- unknown flags print `unknown option: <flag>` to stderr and exit with code 2",
    requirements: [
      "`--version` prints the version of package.json (bin/greet.js)",
      "unknown flags print `unknown option: <flag>` to stderr and exit with code 2 (bin/greet.js)",
    ],
    scope: ["bin/greet.js", "test/cli.test.js"],
    checks: [
      command("sh", "-c", 'test "$(node bin/greet.js --version)" = "1.4.2"'),
      { requirement: "R2", ...command("sh", "-c", "node bin/greet.js --nope 2>err.txt; test $? -eq 2") },
      { requirement: "R2", ...command("node", "--test", "test/cli.test.js") },
    ],
  },
  execute(agent) {
    agent.edit(
      "bin/greet.js",
      'const [name = "world"] = process.argv.slice(2);\n',
      `const args = process.argv.slice(2);
if (args.includes("--version")) {
  console.log(require("../package.json").version);
  process.exit(0);
}
const unknown = args.find((arg) => arg.startsWith("-"));
if (unknown) {
  console.error(\`unknown option: \${unknown}\`);
  process.exit(2);
}
const [name = "world"] = args;
`,
    );
    agent.edit(
      "test/cli.test.js",
      "const path = ",
      'const { spawnSync } = require("node:child_process");\nconst path = ',
    );
    agent.edit(
      "test/cli.test.js",
      '"Hello Ada\\n");\n});\n',
      `"Hello Ada\\n");
});

test("--version", () => {
  const { version } = require("../package.json");
  assert.strictEqual(execFileSync("node", [bin, "--version"], { encoding: "utf8" }).trim(), version);
});

test("unknown flags", () => {
  const run = spawnSync("node", [bin, "--nope"], { encoding: "utf8" });
  assert.strictEqual(run.status, 2);
  assert.match(run.stderr, /unknown option: --nope/);
});
`,
    );
  },
};
