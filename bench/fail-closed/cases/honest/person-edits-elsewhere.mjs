import { answerOf } from "../../lib/run-pm.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The person went on working in another file: both are kept, and QA ran on both together.",
  expect: { status: "COMPLETE" },
  // Without a sandbox nobody can tell whose edit that was.
  withoutSandbox: { status: "INCOMPLETE", codes: ["E231"] },
  touches: true,
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(600);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    session.write("README.md", "# Sample\n\nBy a person.\n");
    return answerOf(await run.ended);
  },
  after: ({ read }) => (read("README.md").includes("By a person") ? null : "the person's edit is gone"),
};
