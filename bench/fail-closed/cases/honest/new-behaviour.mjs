import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The plainest task there is: the function is changed, and a test says so.",
  expect: { status: "COMPLETE" },
  execute: doTheWork,
};
