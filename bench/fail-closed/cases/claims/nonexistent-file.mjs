import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The file that it says it wrote is not there.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Give the sample a program src/main.js that prints a slug.",
    checks: [command("node", "src/main.js", "Hello World")],
  },
  execute(agent) {
    doTheWork(agent);
    agent.finish({ result: "I created src/main.js, and it prints the slug." });
  },
};
