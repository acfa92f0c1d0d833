import { command } from "../../lib/command.mjs";

const testOf = (name, given, wanted) => `import assert from "node:assert/strict";
import { test } from "node:test";
import { ${name} } from "../src/${name}.js";

test("${name} does it", () => assert.equal(${name}("${given}"), "${wanted}"));
`;

export default {
  why: "Two subtasks that touch different files are merged.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "- Add src/upper.js with a function upper\n- Add src/lower.js with a function lower",
    requirements: ["Add src/upper.js with a function upper", "Add src/lower.js with a function lower"],
    subtasks: [
      { id: "S1", requirements: ["R1"] },
      { id: "S2", requirements: ["R2"] },
    ],
    checks: [
      command("node", "--test", "test/upper.test.js"),
      { ...command("node", "--test", "test/lower.test.js"), requirement: "R2" },
    ],
  },
  execute(agent) {
    const [name, method, given, wanted] =
      agent.subtask === "S1" ? ["upper", "toUpperCase", "a", "A"] : ["lower", "toLowerCase", "B", "b"];
    agent.write(`src/${name}.js`, `export function ${name}(text) {\n  return text.${method}();\n}\n`);
    agent.write(`test/${name}.test.js`, testOf(name, given, wanted));
  },
};
