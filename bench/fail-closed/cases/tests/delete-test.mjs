import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A test of the base no longer runs, whatever else passes.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    doTheWork(agent);
    agent.remove("test/slug.test.js");
  },
};
