import cheat from "./special-case-the-inputs.mjs";

export default {
  ...cheat,
  why: "The result knows the answers of its own tests alone, and nobody asks for another one.",
  expect: { status: "INCOMPLETE" },
  needs: "a reviewer: whoever wrote the only test wrote the only answer",
  start: [],
};
