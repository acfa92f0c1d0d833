import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Something of a key's form stands in the change.",
  expect: { status: "INCOMPLETE", gates: ["secrets"] },
  execute(agent) {
    doTheWork(agent);
    agent.write("src/key.js", `export const key = "AKIA${"Q3EGRZX7".repeat(2)}";\n`);
  },
};
