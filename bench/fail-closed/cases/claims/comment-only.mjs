export default {
  why: "A comment is no change of behaviour.",
  expect: { status: "INCOMPLETE", gates: ["substance"] },
  execute: (agent) =>
    agent.edit("src/slug.js", "  if (text", "  // An empty text gives an empty slug.\n  if (text"),
};
