import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "It was killed in the middle of its work, after it had said success.",
  expect: { status: "ERROR" },
  async execute(agent) {
    doTheWork(agent);
    agent.finish();
    await agent.wait(200);
    process.kill(process.pid, "SIGKILL");
    await agent.wait(5_000);
  },
};
