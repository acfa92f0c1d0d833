import { command } from "../../lib/command.mjs";

const TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("blanks at the end are trimmed", () => assert.equal(slug("A "), "a"));
`;
export default {
  why: "The requirement says the opposite of the prompt's item: only the word not is missing.",
  expect: { status: "INCOMPLETE", gates: ["coverage"] },
  task: {
    prompt:
      "- Make slug return an empty string for an empty string\n- Slug must never trim blanks at the end",
    requirements: [
      "Make slug return an empty string for an empty string",
      "Slug must trim blanks at the end",
    ],
    checks: [
      command("node", "--test", "test/empty.test.js"),
      { ...command("node", "--test", "test/trim.test.js"), requirement: "R2" },
    ],
  },
  execute(agent) {
    agent.write(
      "src/slug.js",
      'export function slug(text) {\n  return text.trim().toLowerCase().split(" ").join("-");\n}\n',
    );
    agent.write("test/trim.test.js", TEST);
    agent.write(
      "test/empty.test.js",
      TEST.replace("blanks at the end are trimmed", "empty").replace('slug("A "), "a"', 'slug(""), ""'),
    );
  },
};
