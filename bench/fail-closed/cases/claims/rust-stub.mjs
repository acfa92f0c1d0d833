import { RUST, SNAKE_IS_THERE, SNAKE_TASK, writeSnake } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "A function that does nothing, and a test that only wants it to be there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: SNAKE_TASK,
  execute: (agent) => writeSnake(agent, SNAKE_IS_THERE),
};
