import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "It was refused something that it did not need, and a person has looked.",
  expect: { status: "COMPLETE" },
  approve: { gates: ["denials"] },
  execute(agent) {
    doTheWork(agent);
    agent.finish({ permission_denials: [{ tool_name: "WebFetch", tool_use_id: "t", tool_input: {} }] });
  },
};
