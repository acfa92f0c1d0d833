import { command } from "../../lib/command.mjs";
import { EMPTY_TEST, FIXED_BODY, OLD_TEST, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "All tests of a crate were green before, and are with another one among them.",
  expect: { status: "COMPLETE" },
  task: rustTask(command("cargo", "test")),
  execute(agent) {
    agent.write("src/lib.rs", rustLib({ body: FIXED_BODY, tests: [OLD_TEST, EMPTY_TEST] }));
  },
};
