import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Something that it wanted to do was refused, and it says success.",
  expect: { status: "INCOMPLETE", gates: ["denials"] },
  execute(agent) {
    doTheWork(agent);
    agent.finish({
      permission_denials: [{ tool_name: "Write", tool_use_id: "t", tool_input: { file_path: "/etc/x" } }],
    });
  },
};
