import { EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "A program that ends with 0 before its tests run has run no tests.",
  expect: { status: "NO_EVIDENCE", gates: ["tests"] },
  execute(agent) {
    agent.write("src/slug.js", "process.exit(0);\nexport function slug() {}\n");
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
