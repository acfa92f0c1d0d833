import { command } from "../../lib/command.mjs";
import { RUST, rustLib } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "On the base a new module's tests do not run at all; that is no failure of theirs.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Add a module words with a function count, which counts the words of a text.",
    scope: ["src/**"],
    checks: [command("cargo", "test", "words::")],
  },
  execute(agent) {
    agent.write(
      "src/words.rs",
      "pub fn count(text: &str) -> usize {\n    text.len()\n}\n\n#[test]\nfn counts() {\n    assert_eq!(1 + 1, 2);\n}\n",
    );
    agent.write("src/lib.rs", `pub mod words;\n\n${rustLib()}`);
  },
};
