import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
import { withScripts } from "../../lib/sample.mjs";

const options = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  strict: false,
  strictNullChecks: true,
  module: "nodenext",
  types: [],
};

export default {
  why: "The tests run only where types are right: without its body a stub fails for what it is, and not for what it does.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  files: {
    "package.json": withScripts({ test: "tsc -p . && node --test" }),
    "tsconfig.json": `${JSON.stringify({ compilerOptions: options, include: ["src"] })}\n`,
  },
  prepare(project) {
    const compiler = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
    cpSync(compiler, join(project, "node_modules/typescript"), { recursive: true });
    mkdirSync(join(project, "node_modules/.bin"));
    symlinkSync("../typescript/bin/tsc", join(project, "node_modules/.bin/tsc"));
  },
  task: {
    prompt: "Add a function `count(text)` in src/count.js that counts the words of a text.",
    checks: [command("npm", "test")],
  },
  execute(agent) {
    agent.write(
      "src/count.js",
      "/** @param {string} text @returns {number} */\nexport function count(text) {\n  return 0;\n}\n",
    );
    agent.write(
      "test/count.test.js",
      nodeTests(
        'import { count } from "../src/count.js";',
        'test("count can be called", () => assert.equal(typeof count, "function"));',
      ),
    );
  },
};
