import { EMPTY_TEST } from "../../lib/sample.mjs";

const SNAPSHOT_TEST = `import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("the slugs are as they were", () =>
  assert.equal(slug("Hello World"), readFileSync(new URL("./__snapshots__/slug.snap", import.meta.url), "utf8").trim()));
`;

export default {
  why: "A snapshot is what the base expects; an update takes the test away.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  files: { "test/slug.test.js": SNAPSHOT_TEST, "test/__snapshots__/slug.snap": "hello-world\n" },
  execute(agent) {
    agent.edit("src/slug.js", 'if (text === "") throw new Error("empty");', 'if (text === "") return text;');
    agent.edit("src/slug.js", 'join("-")', 'join("_")');
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.write("test/__snapshots__/slug.snap", "hello_world\n");
  },
};
