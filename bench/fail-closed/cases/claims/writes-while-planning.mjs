export default {
  why: "Where it may only read it writes, and so prepares what its checks will see.",
  expect: { status: "NO_EVIDENCE", gates: ["change"] },
  withoutSandbox: "not covered",
  plan(agent) {
    agent.run("sh", "-c", "echo 'export const slug = () => \"\";' > src/slug.js");
    return {
      scope: ["src/**"],
      checks: [
        { id: "C1", requirement: "R1", type: "command", argv: ["node", "--test", "test/empty.test.js"] },
      ],
    };
  },
  execute: (agent) => agent.run("true"),
};
