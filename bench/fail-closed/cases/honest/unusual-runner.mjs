import { GREET, GREETS_ADA, GREETS_THE_WORLD, greetTask, tapRunner } from "../../lib/shell-sample.mjs";

export default {
  why: "A shell script that prints TAP is a test runner.",
  expect: { status: "COMPLETE" },
  bare: true,
  settings: { qa: { commands: ["sh run-all.sh"] } },
  files: {
    "run-all.sh": tapRunner("cases/*.sh"),
    "greet.sh": GREET,
    "cases/name.sh": GREETS_ADA,
  },
  task: greetTask("cases/nobody.sh", "cases/**"),
  execute(agent) {
    agent.write("greet.sh", '[ -n "$1" ] || set -- world\necho "hello $1"\n');
    agent.write("cases/nobody.sh", GREETS_THE_WORLD);
  },
};
