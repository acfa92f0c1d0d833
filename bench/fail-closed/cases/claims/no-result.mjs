import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The work may be whole or half: the executor did not say that it had ended.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    agent.hush();
  },
};
