import { command } from "../../lib/command.mjs";
import { FIXED_BODY, inTest, OLD_TEST, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "The filter chooses a test that compares with no literal, beside others that do.",
  expect: { status: "COMPLETE" },
  task: rustTask(command("cargo", "test", "empty_slug")),
  execute(agent) {
    const empty = inTest("empty_slug", `assert!(slug("").is_empty());`);
    agent.write("src/lib.rs", rustLib({ body: FIXED_BODY, tests: [OLD_TEST, empty] }));
  },
};
