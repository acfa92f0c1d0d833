import { command } from "../../lib/command.mjs";
import { EMPTY_TEST, FIXED_BODY, OLD_TEST, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "A new test beside what it tests: on the base the filter matches none, and cargo says that this is well.",
  expect: { status: "COMPLETE" },
  task: rustTask(command("cargo", "test", "empty_slug")),
  execute(agent) {
    agent.write("src/lib.rs", rustLib({ body: FIXED_BODY, tests: [OLD_TEST, EMPTY_TEST] }));
  },
};
