import { rmSync } from "node:fs";
import { join } from "node:path";
import { answerOf } from "../../lib/run-pm.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The person deleted meanwhile what the result changes.",
  expect: { status: "INCOMPLETE", codes: ["E231"] },
  touches: true,
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(600);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    rmSync(join(session.project, "src/slug.js"));
    return answerOf(await run.ended);
  },
};
