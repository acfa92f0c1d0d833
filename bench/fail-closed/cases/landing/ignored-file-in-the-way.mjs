import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A file that the person kept out of git stands where the result has one: it is not written over.",
  expect: { status: "INCOMPLETE", codes: ["E231"] },
  prepare(project) {
    mkdirSync(join(project, ".cache"));
    writeFileSync(join(project, ".cache/settings.json"), '{"mine":true}\n');
  },
  start: ["--scope", ".gitignore"],
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [command("node", "--test", "test/empty.test.js")],
  },
  execute(agent) {
    agent.write(".gitignore", "node_modules\n");
    agent.write(".cache/settings.json", "{}\n");
    doTheWork(agent);
  },
  after: ({ read }) => (read(".cache/settings.json").includes("mine") ? null : "the person's file is gone"),
};
