export default {
  why: "Subtasks that serve requirements which don't exist, and wait for each other.",
  expect: { status: "INCOMPLETE", codes: ["E217"] },
  decompose: () => ({
    subtasks: [
      { id: "S1", title: "a", instructions: "a", requirements: ["R9"], depends_on: ["S2"] },
      { id: "S2", title: "b", instructions: "b", requirements: ["R1"], depends_on: ["S1"] },
    ],
  }),
};
