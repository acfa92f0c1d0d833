import { RUST, SNAKE_IS_THERE, SNAKE_TASK, writeSnake } from "../../lib/rust-sample.mjs";

const BEFORE = `
pub const JOINTS: [char; 2] = ['-', '_'];
`;

export default {
  ...RUST,
  why: "A new constant beside a stub does not keep its body from being taken out.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: SNAKE_TASK,
  execute: (agent) => writeSnake(agent, SNAKE_IS_THERE, BEFORE),
};
