import { doTheWork, FIXED_SLUG } from "../../lib/sample.mjs";

const TIMERS = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slugLater } from "../src/slug.js";

test("a slug comes after a second", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let slug;
  slugLater("A", (text) => { slug = text; });
  t.mock.timers.tick(1_000);
  assert.equal(slug, "a");
});
`;
const LATER = `
export function slugLater(text, done) {
  setTimeout(() => done(slug(text)), 1_000);
}
`;

export default {
  why: "Tests may stop the clock by which they measure; that they need it, holds nobody up.",
  expect: { status: "COMPLETE" },
  files: {
    "src/slug.js":
      FIXED_SLUG.replace("  return", '  if (text === "") throw new Error("empty");\n  return') + LATER,
    "test/later.test.js": TIMERS,
  },
  execute(agent) {
    doTheWork(agent);
    agent.write("src/slug.js", FIXED_SLUG + LATER);
  },
};
