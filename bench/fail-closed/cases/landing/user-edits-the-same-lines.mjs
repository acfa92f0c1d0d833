import { answerOf } from "../../lib/run-pm.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The person changed the same lines meanwhile: theirs stay, the patch is kept.",
  expect: { status: "INCOMPLETE", codes: ["E231"] },
  touches: true,
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(600);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    session.write("src/slug.js", 'export const slug = (text) => "by a person" + text;\n');
    return answerOf(await run.ended);
  },
  after: ({ read }) => (read("src/slug.js").includes("by a person") ? null : "the person's edit is gone"),
};
