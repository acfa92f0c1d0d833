import { FIXED_SLUG } from "../../lib/sample.mjs";

export default {
  why: "The person's own check carries what no test of the executor's does.",
  expect: { status: "COMPLETE" },
  start: ["--check", `node --input-type=module -e "import { slug } from './src/slug.js'; slug('')"`],
  task: { prompt: "Make `slug` return an empty string for an empty string.", checks: [] },
  execute: (agent) => agent.write("src/slug.js", FIXED_SLUG),
};
