import { command } from "../../lib/command.mjs";

export default {
  why: "A new script that does nothing, and a check that only starts it.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Add a shell script scripts/count-lines.sh that prints how many lines the file given to it has.",
    scope: ["scripts/**"],
    checks: [command("sh", "scripts/count-lines.sh", "README.md")],
  },
  execute(agent) {
    agent.write("scripts/count-lines.sh", "#!/bin/sh\nexit 0\n", 0o755);
  },
};
