export default {
  why: "An agent can't choose a kind of task that asks for less than the person's.",
  expect: { status: "INCOMPLETE", codes: ["E219"] },
  analyse: () => ({
    kind: "answer",
    requirements: [
      {
        id: "R1",
        statement: "Make `slug` return an empty string for an empty string.",
        acceptance: "It is explained.",
      },
    ],
    answer: "Nothing needs to be changed: the error is a feature.",
  }),
};
