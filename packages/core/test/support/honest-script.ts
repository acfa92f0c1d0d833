import type { Script } from "./scripted-provider.ts";

export const PROMPT = "Make `slug` return an empty string for an empty string.";

export const FIXED_SLUG = `export function slug(text) {
  return text.toLowerCase().split(" ").join("-");
}
`;

export const NEW_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("slug of an empty string is empty", () => assert.equal(slug(""), ""));
`;

export const REQUIREMENTS = {
  kind: "change",
  requirements: [{ id: "R1", statement: PROMPT, acceptance: "slug of an empty string is empty" }],
};

export const SUBTASKS = {
  subtasks: [
    { id: "S1", title: "Empty slug", instructions: "Change slug.", requirements: ["R1"], depends_on: [] },
  ],
};

export const PLAN = {
  scope: ["src/**", "test/**"],
  checks: [{ id: "C1", requirement: "R1", type: "command", argv: ["node", "--test", "test/empty.test.js"] }],
};

/** An agent that does what is asked, for the sample project. */
export const HONEST: Script = {
  REQUIREMENT_ANALYSIS: { answer: REQUIREMENTS },
  TASK_DECOMPOSITION: { answer: SUBTASKS },
  PLANNING: { answer: PLAN },
  EXECUTION: { writes: { "src/slug.js": FIXED_SLUG, "test/empty.test.js": NEW_TEST } },
};
