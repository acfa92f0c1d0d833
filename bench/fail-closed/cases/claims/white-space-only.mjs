export default {
  why: "Other line ends and indents are no change of behaviour.",
  expect: { status: "INCOMPLETE", gates: ["substance"] },
  execute(agent) {
    agent.edit("src/slug.js", "\n", "\r\n");
    agent.edit("src/slug.js", "  return", "    return");
  },
};
