import { command } from "../../lib/command.mjs";
import { inTest, OLD_TEST, RUST, rustLib } from "../../lib/rust-sample.mjs";

const STUB = "\npub fn snake(text: &str) -> String {\n    text.to_string()\n}\n";

export default {
  ...RUST,
  why: "A test that calls a new function and does not look at what it gives.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Export a function snake that joins the words of a text by underscores.",
    scope: ["src/**"],
    checks: [command("cargo", "test", "snake")],
  },
  execute(agent) {
    const called = inTest("snake_joins_words", `snake("a b");`);
    agent.write("src/lib.rs", rustLib({ more: STUB, tests: [OLD_TEST, called] }));
  },
};
