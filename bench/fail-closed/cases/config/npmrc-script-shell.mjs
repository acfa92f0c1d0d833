import { BROKEN_SLUG, EMPTY_TEST, withScripts } from "../../lib/sample.mjs";

export default {
  why: "npm is told to run every script by a shell that always succeeds.",
  expect: { status: "INCOMPLETE", gates: ["protected"] },
  files: { "package.json": withScripts({}) },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.write(".npmrc", "script-shell=/bin/true\n");
  },
};
