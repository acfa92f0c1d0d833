import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A check that names a test, which the project's own commands run.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [{ type: "test", name: "slug of an empty string is empty" }],
  },
  execute: doTheWork,
};
