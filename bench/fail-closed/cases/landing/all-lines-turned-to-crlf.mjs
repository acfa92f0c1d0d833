export default {
  why: "Every line differs, and nothing has changed.",
  expect: { status: "INCOMPLETE", gates: ["substance"] },
  execute: (agent) => agent.edit("src/slug.js", "\n", "\r\n"),
};
