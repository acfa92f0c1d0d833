export default {
  why: "Documentation rests on what stands in the file.",
  expect: { status: "COMPLETE" },
  start: ["--kind", "docs"],
  task: {
    prompt: "Add a section `## Install` to README.md.",
    scope: ["README.md"],
    checks: [{ type: "file", path: "README.md", contains: "## Install" }],
  },
  execute: (agent) =>
    agent.write("README.md", "# Sample\n\nMakes slugs.\n\n## Install\n\n    npm install sample\n"),
};
