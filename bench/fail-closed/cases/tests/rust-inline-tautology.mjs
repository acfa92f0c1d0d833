import { command } from "../../lib/command.mjs";
import { FIXED_BODY, inTest, OLD_TEST, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "A test that is true of everything proves nothing, wherever it stands.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: rustTask(command("cargo", "test", "empty_slug")),
  execute(agent) {
    const nothing = inTest("empty_slug", "assert_eq!(1 + 1, 2);");
    agent.write("src/lib.rs", rustLib({ body: FIXED_BODY, tests: [OLD_TEST, nothing] }));
  },
};
