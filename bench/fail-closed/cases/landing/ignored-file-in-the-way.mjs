import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A file that the person keeps out of git stands where the result has one: it is not written over.",
  expect: { status: "INCOMPLETE", codes: ["E231"] },
  prepare(project) {
    appendFileSync(join(project, ".git/info/exclude"), "local\n");
    mkdirSync(join(project, "local"));
    writeFileSync(join(project, "local/settings.json"), '{"mine":true}\n');
  },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [command("node", "--test", "test/empty.test.js")],
  },
  execute(agent) {
    doTheWork(agent);
    agent.write("local/settings.json", "{}\n");
  },
  after: ({ read }) => (read("local/settings.json").includes("mine") ? null : "the person's file is gone"),
};
