import { symlinkSync } from "node:fs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A folder that is a link to the folder above the project.",
  expect: { status: "INVALID", gates: ["escape"] },
  // Without a file named, node would look for tests above the project.
  settings: { qa: { commands: ["node --test test/slug.test.js"] } },
  execute(agent) {
    doTheWork(agent);
    symlinkSync("../..", "src/above");
  },
};
