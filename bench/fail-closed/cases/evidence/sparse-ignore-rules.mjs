import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "git reads the whole of a .gitignore into memory, and this one is 300 GB of nothing.",
  expect: { status: "ERROR", codes: ["E125"] },
  touches: false,
  execute(agent) {
    doTheWork(agent);
    agent.run("truncate", "-s", "300G", "src/.gitignore");
  },
};
