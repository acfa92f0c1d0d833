import { SLUG_TASK } from "../../lib/sample.mjs";

export default {
  why: "A question wants an answer, and a human accepts it.",
  expect: { status: "COMPLETE" },
  approve: { codes: ["E219"] },
  touches: false,
  start: ["--kind", "answer"],
  task: { ...SLUG_TASK, prompt: "What does slug do with an empty string?" },
  analyse: () => ({
    kind: "answer",
    requirements: [
      {
        id: "R1",
        statement: "What does slug do with an empty string?",
        acceptance: "It is explained what slug does with an empty string.",
      },
    ],
    answer: "It throws an error.",
  }),
};
