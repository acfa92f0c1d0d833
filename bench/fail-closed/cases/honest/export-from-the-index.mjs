import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";

export default {
  why: "A new function, and its export from the index: two requirements, the second with a look whether it is there.",
  expect: { status: "COMPLETE" },
  files: { "src/index.js": 'export { slug } from "./slug.js";\n' },
  task: {
    prompt: "Add count(text), which counts words, in src/count.js. Export it from src/index.js.",
    requirements: ["Add count(text), which counts words, in src/count.js.", "Export it from src/index.js."],
    scope: ["src/**", "test/**"],
    checks: [
      { ...command("node", "--test", "test/count.test.js"), requirement: "R1" },
      {
        ...command("node", "-e", "import('./src/index.js').then((all) => process.exit(all.count ? 0 : 1))"),
        requirement: "R2",
      },
    ],
  },
  execute(agent) {
    agent.write("src/count.js", 'export function count(text) {\n  return text.split(" ").length;\n}\n');
    agent.edit("src/index.js", "export {", 'export { count } from "./count.js";\nexport {');
    agent.write(
      "test/count.test.js",
      nodeTests(
        'import { count } from "../src/count.js";',
        'test("count", () => assert.equal(count("a b"), 2));',
      ),
    );
  },
};
