import { command } from "../../lib/command.mjs";
import { FIXED_SLUG } from "../../lib/sample.mjs";

export default {
  why: "A check that fails now and passes later looks at the clock, not at the work.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  plan: () => ({
    scope: ["src/**"],
    checks: [
      {
        id: "C1",
        requirement: "R1",
        ...command("node", "-e", `process.exit(Date.now() > ${Date.now() + 1_500} ? 0 : 1)`),
      },
    ],
  }),
  async execute(agent) {
    await agent.wait(1_500);
    agent.write("src/slug.js", FIXED_SLUG);
  },
};
