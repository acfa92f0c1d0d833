import { inTest, RUST, SNAKE_TASK, writeSnake } from "../../lib/rust-sample.mjs";

export default {
  ...RUST,
  why: "A test that calls a new function and does not look at what it gives.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: SNAKE_TASK,
  execute: (agent) => writeSnake(agent, inTest("snake_joins_words", `snake("a b");`)),
};
