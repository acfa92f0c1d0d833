import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A result of another kind than success is none, whatever its flag says.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    agent.finish({ subtype: "error_during_execution", is_error: false });
  },
};
