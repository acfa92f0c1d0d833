export default {
  why: "A document that says more than there is to say is not read in part.",
  expect: { status: "INCOMPLETE", codes: ["E217"] },
  analyse: () => ({
    kind: "change",
    requirements: [{ id: "R1", statement: "Make `slug` return an empty string.", acceptance: "It does." }],
    status: "COMPLETE",
    approved: true,
  }),
};
