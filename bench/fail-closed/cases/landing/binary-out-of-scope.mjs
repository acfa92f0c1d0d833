import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A picture was replaced that nobody had spoken of.",
  expect: { status: "INCOMPLETE", gates: ["scope"] },
  files: { "logo.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) },
  execute(agent) {
    doTheWork(agent);
    agent.write("logo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 9, 9, 9, 0]));
  },
};
