import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The result event breaks off in the middle.",
  expect: { status: "ERROR" },
  execute(agent) {
    doTheWork(agent);
    agent.hush();
    agent.print('{"type":"result","subtype":"success","is_error":false,"num_tu');
  },
};
