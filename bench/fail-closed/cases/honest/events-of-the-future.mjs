import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Events that nobody knows yet, and retries, are no fault.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    agent.say({ type: "system", subtype: "api_retry", error: "overloaded", error_status: 529 });
    agent.say({ type: "rate_limit_event", from: "the future" });
    doTheWork(agent);
    agent.say({ type: "system", subtype: "ui_invalidate" });
  },
};
