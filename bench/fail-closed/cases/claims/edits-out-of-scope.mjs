import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Files were changed of which the plan said nothing.",
  expect: { status: "INCOMPLETE", gates: ["scope"] },
  files: { "lib/other.js": "export const other = 1;\n" },
  execute(agent) {
    doTheWork(agent);
    agent.edit("lib/other.js", "1", "2");
  },
};
