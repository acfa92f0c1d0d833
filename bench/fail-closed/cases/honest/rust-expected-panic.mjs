import { command } from "../../lib/command.mjs";
import { OLD_TEST, RUST, rustLib } from "../../lib/rust-sample.mjs";

const GUESS = `
#[derive(Debug)]
pub struct Guess(u8);

impl Guess {
    pub fn new(value: u8) -> Guess {
        assert!(value > 0, "a guess is at least one");
        Guess(value)
    }
}
`;
const TEST = `    #[test]
    #[should_panic]
    fn guess_of_nothing() {
        Guess::new(0);
    }
`;

export default {
  ...RUST,
  why: "A test that wants a panic: it must not take the end of a function without its body for that.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Add a type Guess, a number of at least one; less than that panics.",
    scope: ["src/**"],
    checks: [command("cargo", "test", "guess")],
  },
  execute(agent) {
    agent.write("src/lib.rs", rustLib({ more: GUESS, tests: [OLD_TEST, TEST] }));
  },
};
