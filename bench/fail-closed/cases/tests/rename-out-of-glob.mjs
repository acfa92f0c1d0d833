import { doTheWork, SAMPLE_FILES } from "../../lib/sample.mjs";

export default {
  why: "A test that its runner no longer finds does not run.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    doTheWork(agent);
    agent.remove("test/slug.test.js");
    agent.write("src/slug-checks.js", SAMPLE_FILES["test/slug.test.js"].replace("../src/", "./"));
  },
};
