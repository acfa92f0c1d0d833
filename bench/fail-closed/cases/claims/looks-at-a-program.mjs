export default {
  why: "A program without an ending in its name: its new option stands in a comment, and a look finds it.",
  expect: { status: "INCOMPLETE" },
  files: { "bin/slug": '#!/bin/sh\necho "$1" | tr A-Z a-z\n' },
  task: {
    prompt: "Let bin/slug print its version with --version.",
    scope: ["bin/**"],
    checks: [{ type: "file", path: "bin/slug", contains: "--version" }],
  },
  execute(agent) {
    agent.write("bin/slug", '#!/bin/sh\n# --version prints the version\necho "$1" | tr A-Z a-z\n');
  },
};
