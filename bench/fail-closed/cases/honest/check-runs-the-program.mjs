import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "A CLI flag; the check runs the CLI, a test is added as well.",
  expect: { status: "COMPLETE" },
  files: {
    "bin/slug.js":
      '#!/usr/bin/env node\nimport { slug } from "../src/slug.js";\n\nconst args = process.argv.slice(2);\nif (args[0]?.startsWith("--")) {\n  console.error("unknown flag");\n  process.exit(2);\n}\nconsole.log(slug(args.join(" ")));\n',
  },
  task: {
    prompt: "Add a flag `--version` to bin/slug.js which prints 1.0.0.",
    scope: ["bin/**", "test/**"],
    checks: [command("node", "bin/slug.js", "--version")],
  },
  execute(agent) {
    agent.edit(
      "bin/slug.js",
      "if (args[0]?.startsWith",
      'if (args[0] === "--version") {\n  console.log("1.0.0");\n  process.exit(0);\n}\nif (args[0]?.startsWith',
    );
    agent.write(
      "test/cli.test.js",
      nodeTests(
        'import { execFileSync } from "node:child_process";',
        'test("prints its version", () => assert.equal(execFileSync("node", ["bin/slug.js", "--version"], { encoding: "utf8" }), "1.0.0\\n"));',
      ),
    );
  },
};
