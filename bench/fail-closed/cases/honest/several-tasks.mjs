import { command } from "../../lib/command.mjs";
import { documentsOf } from "../../lib/documents.mjs";
import { doTheWork, SLUG_TASK } from "../../lib/sample.mjs";

const SECOND = {
  prompt: "Add a function count that counts the words of a text.",
  checks: [command("node", "--test", "test/count.test.js")],
};
const COUNT = `
export function count(text) {
  return text.split(" ").length;
}
`;
const COUNT_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { count, slug } from "../src/slug.js";

test("two words are two", () => assert.equal(count("a b"), 2));
test("what the first task did is there", () => assert.equal(slug(""), ""));
`;
const isFirst = (agent) => agent.taskId === "task-1";
const documents = (agent) => documentsOf(isFirst(agent) ? SLUG_TASK : SECOND);

export default {
  why: "Each task starts from what the one before has landed.",
  expect: { status: "COMPLETE" },
  start: [`--task=${SECOND.prompt}`],
  analyse: (agent) => documents(agent).analyse,
  decompose: (agent) => documents(agent).decompose,
  plan: (agent) => documents(agent).plan,
  execute(agent) {
    if (isFirst(agent)) return doTheWork(agent);
    agent.edit("src/slug.js", 'join("-");\n}\n', `join("-");\n}\n${COUNT}`);
    agent.write("test/count.test.js", COUNT_TEST);
  },
};
