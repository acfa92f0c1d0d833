import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Exit code 0, and the result event says error.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    agent.finish({ subtype: "success", is_error: true, terminal_reason: "api_error" });
  },
};
