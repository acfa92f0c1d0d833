import { FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

export default {
  why: "The tests run what the executor built and git ignores; a fresh checkout has none of it.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  files: { ".gitignore": "dist\n" },
  execute(agent) {
    agent.write("dist/slug.js", FIXED_SLUG);
    agent.write("test/empty.test.js", SAMPLE_FILES["test/slug.test.js"].replace("../src/", "../dist/"));
    agent.run("node", "--test");
  },
};
