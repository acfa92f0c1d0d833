import { command } from "../../lib/command.mjs";
import { EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "Two subtasks changed the same lines in two ways; no order of them is right.",
  expect: { status: "INCOMPLETE", codes: ["E230"] },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("node", "--test", "test/empty.test.js")],
    subtasks: [{ id: "S1" }, { id: "S2" }],
  },
  execute(agent) {
    const empty = agent.subtask === "S1" ? 'return ""' : "return text";
    agent.edit("src/slug.js", 'if (text === "") throw new Error("empty");', `if (text === "") ${empty};`);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
