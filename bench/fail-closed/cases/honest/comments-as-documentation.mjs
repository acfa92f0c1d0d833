export default {
  why: "Comments are what was asked for.",
  expect: { status: "COMPLETE" },
  start: ["--kind", "docs"],
  task: {
    prompt: "Document slug with a comment.",
    checks: [{ type: "file", path: "src/slug.js", contains: "/** The words of a text" }],
  },
  execute: (agent) =>
    agent.edit(
      "src/slug.js",
      "export function slug",
      "/** The words of a text, joined by dashes. */\nexport function slug",
    ),
};
