import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The denial was told while it ran, and left out of the result.",
  expect: { status: "INCOMPLETE", gates: ["denials"] },
  execute(agent) {
    doTheWork(agent);
    agent.say({ type: "system", subtype: "permission_denied", tool_name: "Bash", tool_use_id: "t9" });
  },
};
