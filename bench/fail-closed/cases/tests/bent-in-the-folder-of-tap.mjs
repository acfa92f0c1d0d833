import {
  GREET,
  GREETS_ADA,
  GREETS_THE_WORLD,
  greetTask,
  OTHER_GREET,
  tapRunner,
} from "../../lib/shell-sample.mjs";

export default {
  why: "Make with TAP; the base's tests lie in t/, as is the custom, and one was bent.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  bare: true,
  tools: ["make"],
  files: {
    Makefile: "test:\n\t@sh tools/tap.sh\n",
    "tools/tap.sh": tapRunner("t/*.t"),
    "greet.sh": GREET,
    "t/name.t": GREETS_ADA,
  },
  task: greetTask("t/nobody.t", "t/**"),
  execute(agent) {
    agent.write("greet.sh", OTHER_GREET);
    agent.write("t/nobody.t", GREETS_THE_WORLD);
    agent.write("t/name.t", '[ -n "$(sh greet.sh Ada)" ]\n');
  },
};
