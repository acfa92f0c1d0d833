export default {
  why: "A requirement without a check, twice: the plan can't be used.",
  expect: { status: "INCOMPLETE", codes: ["E232"] },
  plan: () => ({ scope: ["src/**"], checks: [] }),
};
