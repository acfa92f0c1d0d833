import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

const IMPORT = 'import { report } from "../src/report.js";';
const items = (wanted) => `test("items", () => assert.equal(report(["a"]), ${JSON.stringify(wanted)}));`;
const TOTAL = `test("total", () => {
  assert.match(report(["a", "b"]), /^Total: 2$/m);
  assert.ok(report([]).includes("Total: 0"));
});`;

export default {
  why: "A check runs one test by its name, which looks for texts; another one of the file compares them.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": '{ "name": "p", "type": "module", "scripts": { "test": "node --test" } }\n',
    "src/report.js": "export const report = (items) => items.map((item) => '- ' + item).join('\\n');\n",
    "test/report.test.js": nodeTests(IMPORT, items("- a")),
  },
  task: {
    prompt: "report() should end with a line `Total: <n>` (n: number of items).",
    checks: [command("node", "--test", "--test-name-pattern=total", "test/report.test.js")],
  },
  approve: { gates: ["tests"] },
  execute(agent) {
    agent.edit(
      "src/report.js",
      "items.map((item) => '- ' + item)",
      "[...items.map((item) => '- ' + item), 'Total: ' + items.length]",
    );
    agent.write("test/report.test.js", nodeTests(IMPORT, items("- a\nTotal: 1"), TOTAL));
  },
};
