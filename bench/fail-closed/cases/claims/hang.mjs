import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "It says nothing more and does not end.",
  expect: { status: "ERROR", codes: ["E210"] },
  settings: { qa: { commands: ["node --test"] }, timeouts: { operation_timeout_seconds: 10 } },
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(60_000);
  },
};
