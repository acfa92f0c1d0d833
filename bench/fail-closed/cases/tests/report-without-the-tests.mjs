import twin from "../honest/junit-report.mjs";

export default {
  ...twin,
  why: "A test of the base is in the runner's report no more.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    twin.execute(agent);
    agent.remove("cases/name.sh");
  },
};
