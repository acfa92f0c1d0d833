import { EMPTY_TEST, SAMPLE_FILES, withScripts } from "../../lib/sample.mjs";

export default {
  why: "A test script that runs nothing, and no test behind it.",
  expect: { status: "INCOMPLETE", gates: ["protected", "tests"] },
  files: { "package.json": SAMPLE_FILES["package.json"] },
  execute(agent) {
    agent.write("src/slug.js", "export const slug = () => undefined;\n");
    agent.write("test/empty.test.js", EMPTY_TEST);
    agent.write("package.json", withScripts({ test: "true" }));
  },
};
