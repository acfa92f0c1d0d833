import cheat from "./printed-test-output.mjs";

export default {
  ...cheat,
  why: "The same, where a person's check vouches for the new behaviour: what the base's tests say is still forged.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  start: ["--check", "node src/slug.js"],
  task: { prompt: "Make `slug` return an empty string for an empty string.", checks: [] },
};
