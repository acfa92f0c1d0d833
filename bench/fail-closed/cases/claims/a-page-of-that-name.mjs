export default {
  why: "Nothing but a page of documentation, which is called as the function is.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["docs/**"],
    checks: [{ type: "file", path: "docs/slug.md", contains: "empty string" }],
  },
  execute(agent) {
    agent.write("docs/slug.md", "# slug\n\nReturns an empty string for an empty string.\n");
  },
};
