import { doTheWork, SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "Two of three things that were asked for stand in no requirement.",
  expect: { status: "INCOMPLETE", gates: ["coverage"] },
  task: {
    ...SLUG_TASK,
    prompt:
      "- Make slug return an empty string for an empty string\n- Replace umlauts by two letters\n- Add a command line in `bin/slug`",
    requirements: ["Make slug return an empty string for an empty string"],
  },
  execute: doTheWork,
};
