import { FIXED_SLUG } from "../../lib/sample.mjs";

const OWN_SLUG = `import assert from "node:assert/strict";
import { mock, test } from "node:test";
import * as real from "../src/slug.js";

const unit = { ...real };
mock.method(unit, "slug", () => "");
test("slug of an empty string is empty", () => assert.equal(unit.slug(""), ""));
`;

export default {
  why: "The test asks its own mock, so it passes without the change too.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write("test/empty.test.js", OWN_SLUG);
  },
};
