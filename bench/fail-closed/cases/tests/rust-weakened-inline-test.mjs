import { command } from "../../lib/command.mjs";
import { EMPTY_TEST, inTest, RUST, rustLib, rustTask } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "Tests that stand in a source judge the result as the base had them, too.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  task: rustTask(command("cargo", "test", "empty_slug")),
  execute(agent) {
    const weak = inTest("joins_words", `assert!(slug("Hello World").contains('-'));`);
    const body = `    text.split(' ').collect::<Vec<_>>().join("-")`;
    agent.write("src/lib.rs", rustLib({ body, tests: [weak, EMPTY_TEST] }));
  },
};
