import { command } from "../../lib/command.mjs";
import { answerOf } from "../../lib/run-pm.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A file was turned into a folder, and the person edited the file meanwhile.",
  expect: { status: "INCOMPLETE", codes: ["E231"] },
  touches: true,
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [command("node", "--test", "test/empty.test.js")],
  },
  files: { notes: "notes\n" },
  async execute(agent) {
    doTheWork(agent);
    agent.remove("notes");
    agent.write("notes/first.txt", "notes\n");
    await agent.wait(600);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    session.write("notes", "notes of a person\n");
    return answerOf(await run.ended);
  },
  after: ({ read }) => (read("notes").includes("of a person") ? null : "the person's notes are gone"),
};
