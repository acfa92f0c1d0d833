import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "It kills all that it can reach, which is itself.",
  expect: { status: "ERROR" },
  withoutSandbox: "not covered",
  execute(agent) {
    doTheWork(agent);
    agent.run("sh", "-c", "kill -9 -1");
  },
};
