import { RUST, SNAKE_IS_THERE, SNAKE_TASK, writeSnake } from "../../lib/rust-sample.mjs";

const BEFORE = `
const fn width() -> usize {
    4
}

pub const JOINTS: [u8; width()] = *b"-_+.";
`;

export default {
  ...RUST,
  why: "Without what its functions do the crate does not compile, so that each check of it fails, whatever it looks at.",
  needs: "a way to tell a crate that does not compile without its bodies from tests that fail without them",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: SNAKE_TASK,
  execute: (agent) => writeSnake(agent, SNAKE_IS_THERE, BEFORE),
};
