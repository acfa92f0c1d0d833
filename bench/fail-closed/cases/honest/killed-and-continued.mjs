import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "pm was killed in the middle; with a person's word it goes on, and ends well.",
  expect: { status: "COMPLETE" },
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(agent.prompt.includes("An earlier attempt did not pass") ? 0 : 3_000);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    run.child.kill("SIGKILL");
    await run.ended;
    await session.pm(["approve", session.id()]);
    return session.ask("continue", session.id());
  },
};
