import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Names with blanks, quotes and brackets are names like any other.",
  expect: { status: "COMPLETE" },
  files: { "docs/my notes (old) 'x' [1].txt": "notes\n" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [{ type: "command", argv: ["node", "--test", "test/empty.test.js"] }],
  },
  execute(agent) {
    doTheWork(agent);
    agent.write("docs/my notes (old) 'x' [1].txt", "more notes\n");
  },
};
