import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Every requirement is proven on its own; one of them is not.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "- Make slug return an empty string for an empty string\n- Replace umlauts by two letters",
    requirements: ["Make slug return an empty string for an empty string", "Replace umlauts by two letters"],
    checks: [
      command("node", "--test", "test/empty.test.js"),
      { ...command("node", "--test", "test/umlauts.test.js"), requirement: "R2" },
    ],
  },
  execute: doTheWork,
};
