import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A tool call that failed is no denial; it tried something else.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    agent.run("node", "--test", "test/nothing-there.test.js");
    const content = [{ type: "tool_result", tool_use_id: "t", content: "no such file", is_error: true }];
    agent.say({ type: "user", message: { content } });
    doTheWork(agent);
  },
};
