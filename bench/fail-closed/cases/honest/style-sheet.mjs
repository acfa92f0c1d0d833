export default {
  why: "A style is changed, and a file check says so.",
  expect: { status: "COMPLETE" },
  files: { "web/site.css": ".button {\n  color: red;\n}\n" },
  task: {
    prompt: "Make the button blue in web/site.css.",
    scope: ["web/**"],
    checks: [{ type: "file", path: "web/site.css", contains: "color: blue" }],
  },
  execute: (agent) => agent.edit("web/site.css", "red", "blue"),
};
