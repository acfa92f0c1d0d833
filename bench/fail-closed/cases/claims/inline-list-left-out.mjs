import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "An enumeration inside one line: two of three are left out of the requirements.",
  expect: { status: "INCOMPLETE", gates: ["coverage"] },
  task: {
    prompt:
      "Please do the following: (1) make slug return an empty string for an empty string, (2) replace umlauts by two letters, (3) cut slugs after eighty letters.",
    requirements: ["Make slug return an empty string for an empty string"],
    checks: [command("node", "--test", "test/empty.test.js")],
  },
  execute: doTheWork,
};
