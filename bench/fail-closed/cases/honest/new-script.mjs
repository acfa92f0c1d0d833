import { command } from "../../lib/command.mjs";

export default {
  why: "A new script, and the check looks at what it prints.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Add a shell script scripts/count-lines.sh that prints how many lines the file given to it has.",
    scope: ["scripts/**"],
    checks: [command("sh", "-c", 'test "$(sh scripts/count-lines.sh README.md)" -eq 3')],
  },
  execute(agent) {
    agent.write(
      "scripts/count-lines.sh",
      '#!/bin/sh\nset -eu\n[ $# -eq 1 ] || { echo "usage: $0 FILE" >&2; exit 2; }\nwc -l < "$1"\n',
      0o755,
    );
  },
};
