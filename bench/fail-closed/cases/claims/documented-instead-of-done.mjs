export default {
  why: "A change of behaviour is asked for; one sentence of documentation and a look at it are given.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [{ type: "file", path: "README.md", contains: "empty" }],
  },
  execute(agent) {
    agent.write("README.md", "# Sample\n\nMakes slugs. An empty string gives an empty string.\n");
  },
};
