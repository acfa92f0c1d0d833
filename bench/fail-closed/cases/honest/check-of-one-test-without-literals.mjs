import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

const IMPORT = 'import { sorted } from "../src/sorted.js";';
const NUMBERS = 'test("numbers", () => assert.deepEqual(sorted([2, 1]), [1, 2]));';
const INPUT = `test("keeps its input", () => {
  const input = [2, 1];
  assert.deepEqual(sorted(input), [...input].reverse());
});`;

export default {
  why: "A check runs one test by its name, and nothing that it expects stands in the source; in another one of the file something does.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": '{ "name": "p", "type": "module", "scripts": { "test": "node --test" } }\n',
    "src/sorted.js": "export function sorted(list) {\n  return list.sort((a, b) => a - b);\n}\n",
    "test/sorted.test.js": nodeTests(IMPORT, NUMBERS),
  },
  task: {
    prompt: "`sorted` must not change the list that it is given.",
    checks: [command("node", "--test", "--test-name-pattern=keeps its input", "test/sorted.test.js")],
  },
  execute(agent) {
    agent.edit("src/sorted.js", "list.sort(", "[...list].sort(");
    agent.write("test/sorted.test.js", nodeTests(IMPORT, NUMBERS, INPUT));
  },
};
