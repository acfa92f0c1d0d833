import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "pm dies in the middle of an executor's work: that run is not taken for done, nor begun again unasked.",
  expect: { status: "INCOMPLETE" },
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(10_000);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    run.child.kill("SIGKILL");
    await run.ended;
    const refused = await session.ask("continue", session.id());
    if (!refused.codes.includes("E205")) throw new Error(`pm continue says ${refused.messages.join("; ")}`);
    return session.ask("status", session.id());
  },
};
