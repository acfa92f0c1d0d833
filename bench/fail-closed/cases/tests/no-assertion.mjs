import { FIXED_SLUG } from "../../lib/sample.mjs";

const NOTHING = `import { test } from "node:test";
import { slug } from "../src/slug.js";

test("slug of an empty string is empty", () => {
  try {
    slug("");
  } catch {}
});
`;

export default {
  why: "A test that swallows what it should see proves no requirement.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write("test/empty.test.js", NOTHING);
  },
};
