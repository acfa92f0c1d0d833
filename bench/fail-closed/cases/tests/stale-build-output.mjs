import { command } from "../../lib/command.mjs";
import { FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

export default {
  why: "The build's output was edited by hand, its source was not.",
  expect: { status: "INCOMPLETE", gates: ["scope"] },
  files: {
    "dist/slug.js": SAMPLE_FILES["src/slug.js"],
    "test/slug.test.js": SAMPLE_FILES["test/slug.test.js"].replace("../src/", "../dist/"),
  },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("node", "-e", 'import("./dist/slug.js").then(({ slug }) => slug(""))')],
  },
  execute(agent) {
    agent.write("dist/slug.js", FIXED_SLUG);
  },
};
