import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A line of nine megabytes is not read, so nobody knows what it said.",
  expect: { status: "ERROR", gates: ["run record"] },
  async execute(agent) {
    doTheWork(agent);
    agent.print(`{"type":"assistant","text":"${"x".repeat(9 * 1024 * 1024)}"}\n`);
    await agent.wait(100);
  },
};
