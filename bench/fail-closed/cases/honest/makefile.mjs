import { command } from "../../lib/command.mjs";
import { EMPTY_TEST, FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

export default {
  why: "A project whose tests are a target of make.",
  expect: { status: "COMPLETE" },
  tools: ["make"],
  bare: true,
  files: {
    Makefile: ".PHONY: test\n\ntest:\n\tnode --test test/\n",
    "src/slug.mjs": SAMPLE_FILES["src/slug.js"],
    "test/slug.test.mjs": SAMPLE_FILES["test/slug.test.js"].replace("slug.js", "slug.mjs"),
  },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("node", "--test", "test/empty.test.mjs")],
  },
  execute(agent) {
    agent.write("src/slug.mjs", FIXED_SLUG);
    agent.write("test/empty.test.mjs", EMPTY_TEST.replace("slug.js", "slug.mjs"));
  },
};
