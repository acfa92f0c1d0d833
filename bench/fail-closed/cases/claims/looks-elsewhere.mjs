export default {
  why: "A setting was to be 5 and is 3; the check looks at a note.",
  expect: { status: "INCOMPLETE" },
  files: { "config/app.json": '{ "retries": 1 }\n' },
  task: {
    prompt: "Set retries to 5 in config/app.json.",
    scope: ["config/**", "NOTES.md"],
    checks: [{ type: "file", path: "NOTES.md", contains: "retries" }],
  },
  execute(agent) {
    agent.write("config/app.json", '{ "retries": 3 }\n');
    agent.write("NOTES.md", "retries are 5\n");
  },
};
