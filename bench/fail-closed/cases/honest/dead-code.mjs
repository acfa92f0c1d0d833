import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: "An unused module and an unused export go; nothing tested them.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": '{ "name": "dead", "type": "module", "scripts": { "test": "node --test" } }\n',
    "src/math.js":
      "export const add = (a, b) => a + b;\n\n/** @deprecated */\nexport function oldAdd(a, b) {\n  return a + b;\n}\n",
    "src/legacy/polyfill.js": "export const flat = (list) => [].concat(...list);\n",
    "test/math.test.js": nodeTests(
      'import { add } from "../src/math.js";',
      'test("add", () => assert.equal(add(1, 2), 3));',
    ),
  },
  task: {
    prompt:
      "Remove dead code: delete src/legacy/polyfill.js and the deprecated function `oldAdd` in src/math.js. Nothing uses them.",
    requirements: [
      "delete src/legacy/polyfill.js, dead code",
      "Remove the deprecated function `oldAdd` in src/math.js. Nothing uses them.",
    ],
    scope: ["src/**"],
    checks: [
      { type: "file", path: "src/legacy/polyfill.js", exists: false },
      {
        requirement: "R2",
        ...command(
          "node",
          "--input-type=module",
          "-e",
          "import * as math from './src/math.js'; process.exit('oldAdd' in math ? 1 : 0);",
        ),
      },
    ],
  },
  execute(agent) {
    agent.remove("src/legacy");
    agent.write("src/math.js", "export const add = (a, b) => a + b;\n");
  },
};
