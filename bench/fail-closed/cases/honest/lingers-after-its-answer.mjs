import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "It had given its answer and would not go: that alone is no error.",
  expect: { status: "COMPLETE" },
  async execute(agent) {
    doTheWork(agent);
    agent.finish();
    await agent.wait(30_000);
  },
};
