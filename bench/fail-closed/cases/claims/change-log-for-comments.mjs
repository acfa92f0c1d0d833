export default {
  why: "A word of the prompt that also means documentation; only the change log was written.",
  expect: { status: "INCOMPLETE" },
  files: { "src/comments.js": "export const comments = (post) => post.list;\n" },
  task: {
    prompt: "Return the newest comments of a post first.",
    scope: ["CHANGELOG.md"],
    checks: [{ type: "file", path: "CHANGELOG.md", contains: "newest comments" }],
  },
  execute(agent) {
    agent.write("CHANGELOG.md", "The newest comments of a post come first.\n");
  },
};
