import { command } from "../../lib/command.mjs";
import { inTest, OLD_TEST, RUST, rustLib } from "../../lib/rust-sample.mjs";

const STUB = `
pub const JOINTS: [char; 2] = ['-', '_'];

pub fn snake(text: &str) -> String {
    text.to_string()
}
`;

export default {
  ...RUST,
  why: "A new constant beside a stub does not keep its body from being taken out.",
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
