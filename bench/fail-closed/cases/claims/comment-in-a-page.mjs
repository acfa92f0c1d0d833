export default {
  why: "A page's script was to change; a comment in the page says that it did.",
  expect: { status: "INCOMPLETE" },
  files: {
    "index.html":
      '<form onsubmit="send()"><button>Send</button></form>\n<script>\nfunction send() { fetch("/send"); }\n</script>\n',
  },
  task: {
    prompt: "In index.html, sending twice within a second must send only once.",
    scope: ["index.html"],
    checks: [{ type: "file", path: "index.html", contains: "once" }],
  },
  execute(agent) {
    agent.edit("index.html", "function send()", "// sends only once within a second\nfunction send()");
  },
};
