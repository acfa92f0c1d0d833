import { symlinkSync } from "node:fs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A folder that is a link to the folder above the project.",
  expect: { status: "INVALID", gates: ["escape"] },
  execute(agent) {
    doTheWork(agent);
    symlinkSync("../..", "src/above");
  },
};
