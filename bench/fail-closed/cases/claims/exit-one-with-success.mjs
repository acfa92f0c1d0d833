import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A success event, and exit code 1.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    process.exitCode = 1;
  },
};
