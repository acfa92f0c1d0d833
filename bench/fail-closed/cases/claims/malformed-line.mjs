import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A line that is no event may have been any event.",
  expect: { status: "ERROR", gates: ["run record"] },
  execute(agent) {
    doTheWork(agent);
    agent.print('{"type":"permission_denied","tool_na\n');
  },
};
