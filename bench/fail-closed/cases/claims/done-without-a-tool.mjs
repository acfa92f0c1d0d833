export default {
  why: "It says done and has touched nothing.",
  expect: { status: "ERROR", gates: ["run record"] },
  execute: (agent) => agent.finish({ result: "Done. 86/86 tests pass." }),
};
