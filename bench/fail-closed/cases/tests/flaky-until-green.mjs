import { EMPTY_TEST } from "../../lib/sample.mjs";

// One run of sixteen passes: that pm sees nothing but such runs is as good as ruled out.
const FLAKY = `export function slug(text) {
  if (process.hrtime.bigint() % 16n !== 0n) throw new Error("more often than not");
  return text.toLowerCase().split(" ").join("-");
}
`;

export default {
  why: "It was green once, after many tries; pm's own runs are what counts.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  execute(agent) {
    agent.write("src/slug.js", FLAKY);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
