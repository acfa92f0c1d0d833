import { command } from "../../lib/command.mjs";
import { inTest, OLD_TEST, RUST, rustLib } from "../../lib/rust-sample.mjs";

const STUB = "\npub fn snake(text: &str) -> String {\n    text.to_string()\n}\n";

export default {
  ...RUST,
  why: "A function that does nothing, and a test that only wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Export a function snake that joins the words of a text by underscores.",
    scope: ["src/**"],
    checks: [command("cargo", "test", "snake")],
  },
  execute(agent) {
    const exists = inTest("snake_is_there", "let _: fn(&str) -> String = snake;");
    agent.write("src/lib.rs", rustLib({ more: STUB, tests: [OLD_TEST, exists] }));
  },
};
