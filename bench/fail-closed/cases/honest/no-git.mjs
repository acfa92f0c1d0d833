import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A project that is in no git repository works the same.",
  expect: { status: "COMPLETE" },
  git: false,
  execute: doTheWork,
};
