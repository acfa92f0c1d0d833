export default {
  why: "A project of documents alone has no tests to run.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: { "guide.md": "# Guide\n", "check.sh": "test -s guide.md\n" },
  settings: { qa: { commands: ["sh check.sh"] } },
  start: ["--kind", "docs"],
  task: {
    prompt: "Write in guide.md how to begin.",
    scope: ["*.md"],
    checks: [{ type: "file", path: "guide.md", contains: "Begin" }],
  },
  execute: (agent) => agent.write("guide.md", "# Guide\n\nBegin at the beginning.\n"),
};
