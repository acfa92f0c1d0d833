import { command } from "../../lib/command.mjs";
import { RUST, rustLib } from "../../lib/rust-sample.mjs";

const WORDS = `/// How many words a text has.
pub fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_words() {
        assert_eq!(count("a  b"), 2);
        assert_eq!(count(""), 0);
    }
}
`;

export default {
  ...RUST,
  why: "A new module with its own tests, of which the base does not even know the file.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Add a module words with a function count, which counts the words of a text.",
    scope: ["src/**"],
    checks: [command("cargo", "test", "words::")],
  },
  execute(agent) {
    agent.write("src/words.rs", WORDS);
    agent.write("src/lib.rs", `pub mod words;\n\n${rustLib()}`);
  },
};
