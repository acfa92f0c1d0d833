import { command } from "../../lib/command.mjs";
import { inTest, OLD_TEST, RUST, rustLib } from "../../lib/rust-sample.mjs";

const STUB = `
const fn width() -> usize {
    4
}

pub const JOINTS: [u8; width()] = *b"-_+.";

pub fn snake(text: &str) -> String {
    text.to_string()
}
`;

export default {
  ...RUST,
  why: "Without what its functions do the crate does not compile, so that each check of it fails, whatever it looks at.",
  needs: "a way to tell a crate that does not compile without its bodies from tests that fail without them",
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
