export default {
  why: "It hangs where nothing was written yet: no later phase is reached.",
  expect: { status: "ERROR", codes: ["E210"] },
  settings: { qa: { commands: ["node --test"] }, timeouts: { operation_timeout_seconds: 10 } },
  async plan(agent) {
    await agent.wait(60_000);
    return {};
  },
};
