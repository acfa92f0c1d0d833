const KEPT = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("slug of an empty string is an error, as intended", () => assert.throws(() => slug("")));
`;

export default {
  why: "The fault is written down as what is wanted, with a test that was green before.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    agent.write("test/empty.test.js", KEPT);
    agent.edit("README.md", "Makes slugs.", "Makes slugs. An empty string is an error, as intended.");
  },
};
