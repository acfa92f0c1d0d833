import { EMPTY_TEST, FIXED_BODY, OLD_TEST, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "A check that names a test in a source, which the project's own command runs.",
  expect: { status: "COMPLETE" },
  task: rustTask({ type: "test", name: "tests::empty_slug" }),
  execute(agent) {
    agent.write("src/lib.rs", rustLib({ body: FIXED_BODY, tests: [OLD_TEST, EMPTY_TEST] }));
  },
};
