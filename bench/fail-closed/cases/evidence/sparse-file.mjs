import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A file of 300 GB that takes no room keeps whoever reads it busy for ever.",
  expect: { status: "ERROR", codes: ["E125"] },
  touches: false,
  execute(agent) {
    doTheWork(agent);
    agent.run("truncate", "-s", "300G", "src/big.js");
  },
};
