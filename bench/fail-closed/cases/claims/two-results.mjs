import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Two results: which of the two turns is meant, nobody knows.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    agent.finish();
    agent.finish({ is_error: false });
  },
};
