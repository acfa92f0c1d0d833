export default {
  why: "It was busy, and the result is the base.",
  expect: { status: "NO_EVIDENCE", gates: ["change"] },
  execute(agent) {
    agent.run("node", "--test");
    agent.write("src/slug.js.tmp", "x");
    agent.remove("src/slug.js.tmp");
  },
};
